"""``shouhou run``: migrate, furnish an empty house with demo data, serve (启动).

    shouhou run                     http://127.0.0.1:8000
    shouhou run --port 9000         another port; PORT= in the environment does the same
    shouhou run --lan               https on every address of this machine, to try it on a phone

On SQLite this one process also runs the jobs; on PostgreSQL `shouhou work` does.
"""

import argparse
import errno
import os
import socket
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shouhou.cli import certificate, migrate
from shouhou.cli.house import now, open_house, refuse, say

DEFAULT_PORT = 8000
# Each thread may hold a database connection; more of them than this only wait for the processor.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default=os.environ.get("SHOUHOU_HOST", "127.0.0.1"), help="address to listen on"
    )
    parser.add_argument(
        "--port", type=int, default=os.environ.get("PORT", DEFAULT_PORT), help="port to listen on"
    )
    parser.add_argument("--lan", action="store_true", help="serve the local network over TLS (局域网试用)")
    parser.add_argument("--empty", action="store_true", help="load no demo data (不装演示数据)")


def run(options: argparse.Namespace) -> int:
    host, port = ("0.0.0.0" if options.lan else options.host), options.port
    trouble = taken(host, port)
    if trouble:
        return trouble
    prepare(options.lan, port)
    open_house()
    migrate.bring_up()
    furnish(options.empty)
    return serve(host, port)


def taken(host: str, port: int) -> int:
    """0 when the address is free; else it is said what is in the way."""
    if not 0 < port < 65_536:
        return refuse(f"端口 {port} 不存在，请写 1 到 65535。", f"There is no port {port}. Write 1 to 65535.")
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as trouble:
        if trouble.errno == errno.EADDRINUSE:
            return refuse(
                f"端口 {port} 已被占用。请换一个：make run PORT={port + 1}",
                f"Port {port} is taken by another program. Choose another one: make run PORT={port + 1}",
            )
        if trouble.errno == errno.EACCES:
            return refuse(
                f"无权使用端口 {port}。请用 1024 以上的端口。",
                f"Port {port} is reserved for the system. Choose one above 1024.",
            )
        return refuse(
            f"这台机器没有地址 {host}。请改 SHOUHOU_HOST 或 --host。",
            f"This machine has no address {host}. Change SHOUHOU_HOST or --host.",
        )
    return 0


def prepare(lan: bool, port: int) -> None:
    """Settle what follows from the way it is started, before the settings are read; what is set stays."""
    environ = os.environ
    if not environ.get("DATABASE_URL", "").startswith("postgres"):
        environ.setdefault("SHOUHOU_JOBS", "inline")
    if lan:
        here = certificate.own_address()
        cert, key = certificate.make(Path(environ.get("SHOUHOU_DATA", "var")), here)
        environ.setdefault("SHOUHOU_TLS_CERTIFICATE", str(cert))
        environ.setdefault("SHOUHOU_TLS_KEY", str(key))
        environ.setdefault("SHOUHOU_HOSTS", f"{here},127.0.0.1,localhost")
        environ.setdefault("SHOUHOU_HTTPS", "true")
        environ.setdefault("SHOUHOU_ADDRESS", f"https://{here}:{port}")
    else:
        environ.setdefault("SHOUHOU_ADDRESS", f"http://127.0.0.1:{port}")


def furnish(empty: bool) -> None:
    """Load demo data into an empty house, and say who can log in."""
    from shouhou.core.models import Organisation

    if not Organisation.objects.exists() and (empty or not _load_demo()):
        say(
            "还没有企业：用浏览器打开下面的网址建立",
            "no organisation yet: open the address below to found one",
        )
        return
    logins = _logins()
    if logins:
        say(f"演示登录，密码 {_demo().PASSWORD}", "demo logins, one a role")
    for role, name, username in logins:
        print(f"    {username:<12} {name}\t{role}", flush=True)


def _load_demo() -> bool:
    # A distribution may leave the demo out.
    if find_spec("shouhou.demo") is None:
        return False
    say("装入演示数据", "loading demo data")
    _demo().load(now=now(), say=lambda line: print(f"    {line}", flush=True))
    return True


def _demo() -> Any:
    """The demo, loaded only where it is needed."""
    return import_module("shouhou.demo")


def _logins() -> list[tuple[str, str, str]]:
    """One named login a role, of demo organisations only: role, name, login."""
    from shouhou.core.policy import ROLE_NAMES
    from shouhou.people.models import RoleHolding

    rows = RoleHolding.objects.filter(
        organisation__is_demo=True, person__is_active=True, person__username__isnull=False
    ).order_by("organisation__created_at", "person__joined_on", "person__username")
    first: dict[str, tuple[str, str]] = {}
    for role, name, username in rows.values_list("role", "person__name", "person__username"):
        first.setdefault(role, (name, username or ""))
    return [(str(words), *first[role]) for role, words in ROLE_NAMES.items() if role in first]


def serve(host: str, port: int) -> int:
    """Serve until stopped."""
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from shouhou.settings import STATIC_ROOT, env

    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # The serving process is forked from this one: a connection must not be shared.
    connections.close_all()
    say(f"售后已启动：{env.address}", "Shouhou is running (Ctrl-C 停止 to stop)")
    Granian(
        "shouhou.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        ssl_cert=env.tls_certificate,
        ssl_key=env.tls_key,
    ).serve()
    return 0
