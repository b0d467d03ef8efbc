"""The machine and the settings."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from shouhou.cli.doctor.finding import Check, Finding, attention, well
from shouhou.settings import env

GIGABYTE = 1024**3
PATIENCE = 3.0


def data_folder(now: datetime) -> Iterator[Finding]:
    """The data folder can be written to and has room."""
    folder = settings.DATA
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        yield attention(
            f"数据目录 {folder} 不能写",
            f"the data folder {folder} cannot be written to",
            "请把它交给运行本程序的用户，或改 SHOUHOU_DATA。",
            "Give it to the user who runs the program, or change SHOUHOU_DATA.",
        )
        return
    free = shutil.disk_usage(folder).free / GIGABYTE
    if free < 1:
        yield attention(
            f"数据目录只剩 {free:.1f} GB",
            f"only {free:.1f} GB are free in the data folder",
            "请腾出空间或换更大的磁盘。",
            "Make room, or move to a larger disk.",
        )
    else:
        yield well(
            f"数据目录可写，剩 {free:.0f} GB", f"the data folder can be written to, {free:.0f} GB free"
        )


def interface_is_built(now: datetime) -> Iterator[Finding]:
    """The front end was built."""
    if (settings.FRONTEND / "manifest.json").exists():
        yield well("界面已构建", "the interface is built")
    else:
        yield attention(
            "界面尚未构建",
            "the interface is not built",
            "请在源码目录运行 make ready。",
            "Run make ready in the source folder.",
        )


def mail_can_be_sent(now: datetime) -> Iterator[Finding]:
    """A mail server is named and answers."""
    if not env.smtp_url:
        yield attention(
            "未设邮件服务器，邮件不会发出",
            "no mail server is set: no e-mail is sent",
            "请设 SHOUHOU_SMTP_URL=smtp://用户:密码@主机:端口",
            "Set SHOUHOU_SMTP_URL=smtp://user:password@host:port",
        )
        return
    yield _answers(env.smtp_url, 25, "邮件服务器", "the mail server", "SHOUHOU_SMTP_URL")


def sms_can_be_sent(now: datetime) -> Iterator[Finding]:
    """An SMS gateway is named, with its key, and answers."""
    if not env.sms_url:
        yield attention(
            "未设短信网关，短信不会发出",
            "no SMS gateway is set: no SMS is sent",
            "请设 SHOUHOU_SMS_URL、SHOUHOU_SMS_KEY、SHOUHOU_SMS_SECRET",
            "Set SHOUHOU_SMS_URL, SHOUHOU_SMS_KEY and SHOUHOU_SMS_SECRET",
        )
    elif not (env.sms_key and env.sms_secret):
        yield attention(
            "短信网关缺账号或密钥",
            "the SMS gateway's key or secret is missing",
            "请设 SHOUHOU_SMS_KEY 和 SHOUHOU_SMS_SECRET",
            "Set SHOUHOU_SMS_KEY and SHOUHOU_SMS_SECRET",
        )
    else:
        yield _answers(env.sms_url, 443, "短信网关", "the SMS gateway", "SHOUHOU_SMS_URL")


def _answers(address: str, port: int, chinese: str, english: str, setting: str) -> Finding:
    parts = urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or port), PATIENCE):
            return well(f"{chinese} {parts.hostname} 有应答", f"{english} {parts.hostname} answers")
    except OSError as trouble:
        return attention(
            f"{chinese} {parts.hostname} 连不上：{trouble}",
            f"{english} {parts.hostname} does not answer: {trouble}",
            f"请检查网络和 {setting}。",
            f"Check the network and {setting}.",
        )


def doors_are_shut(now: datetime) -> Iterator[Finding]:
    """Nothing is open that is only meant for trying out."""
    reachable = set(settings.ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]", "testserver"}
    if settings.DEBUG:
        yield attention(
            "调试模式开着，会泄露内部信息",
            "the developer's mode is on: it shows the inside to everyone",
            "请去掉 SHOUHOU_DEBUG。",
            "Remove SHOUHOU_DEBUG.",
        )
    elif reachable and not env.https:
        yield attention(
            "外部可访问，但未用 HTTPS",
            "reachable from outside without HTTPS",
            "请配证书或反向代理，并设 SHOUHOU_HTTPS=true。",
            "Put a certificate or a proxy in front and set SHOUHOU_HTTPS=true.",
        )
    else:
        yield well("访问设置稳妥", "what is reachable is protected")


CHECKS: tuple[Check, ...] = (
    data_folder,
    interface_is_built,
    mail_can_be_sent,
    sms_can_be_sent,
    doors_are_shut,
)
