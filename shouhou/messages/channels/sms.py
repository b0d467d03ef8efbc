"""Text messages over a provider's HTTP gateway.

The request is JSON under an HMAC-SHA256 signature of its moment and body; ``id`` is the dedupe key.
The gateway answers 2xx with ``{"reference": …}``, 4xx for what it will never take.
"""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime

from shouhou.messages.channels import Fate

TIMEOUT = 10


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where messages go, and the key and secret we are known by."""

    url: str
    key: str
    secret: str


def signature(secret: str, moment: str, body: bytes) -> str:
    """What proves that a request is ours and fresh."""
    return hmac.new(secret.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def send(gateway: Gateway, message_id: str, phone: str, text: str, now: datetime) -> tuple[Fate, str]:
    """Hand one message over; its fate, and the provider's reference or what was the trouble."""
    if not gateway.url:
        return Fate.OFF, ""
    body = json.dumps({"id": message_id, "to": phone, "text": text}, ensure_ascii=False).encode()
    moment = str(int(now.timestamp()))
    request = urllib.request.Request(
        gateway.url,
        data=body,
        method="POST",
        headers={
            "Content-Type": "application/json",
            "X-Key": gateway.key,
            "X-Timestamp": moment,
            "X-Signature": signature(gateway.secret, moment, body),
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return Fate.SENT, str(json.loads(answer.read() or b"{}").get("reference", ""))
    except urllib.error.HTTPError as refusal:
        fate = Fate.FAILED if 400 <= refusal.code < 500 else Fate.UNKNOWN
        return fate, f"HTTP {refusal.code}"
    except (OSError, ValueError) as silence:
        # Nobody knows whether the gateway took it before it fell silent.
        return Fate.UNKNOWN, type(silence).__name__
