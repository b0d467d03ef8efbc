"""A local SMS gateway that checks what it receives: the signature, the moment, the dedupe key."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from shouhou.messages.channels.sms import signature

SECRET = "丁零"


class Gateway(ThreadingHTTPServer):
    """Takes each id once; ``mood`` says how it answers: ok, refuse, break, or silent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mood = "ok"
        self.taken: dict[str, dict[str, str]] = {}
        self.forged = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send"


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        proof = signature(SECRET, self.headers["X-Timestamp"], body)
        if self.headers["X-Signature"] != proof or self.headers["X-Key"] != "shouhou":
            self.server.forged += 1
            return self.answer(403)
        if self.server.mood == "refuse":
            return self.answer(400)
        message = json.loads(body)
        self.server.taken.setdefault(message["id"], message)
        if self.server.mood == "silent":
            # It took the message, and the line broke before it could say so.
            return self.close_connection_now()
        return self.answer(200, {"reference": f"R{len(self.server.taken)}"})

    def close_connection_now(self) -> None:
        self.close_connection = True
        self.connection.close()

    def answer(self, code: int, body: dict[str, str] | None = None) -> None:
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(body or {}).encode())

    def log_message(self, *words: object) -> None:
        """Say nothing on the test's shell."""


@pytest.fixture
def gateway(settings):
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SMS_URL, settings.SMS_KEY, settings.SMS_SECRET = server.url, "shouhou", SECRET
    yield server
    server.shutdown()
    server.server_close()
