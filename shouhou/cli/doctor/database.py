"""The database, and what stands in it."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection

from shouhou.cli.doctor.finding import Check, Finding, attention, well
from shouhou.cli.migrate import pending
from shouhou.core import calendar, files, jobs
from shouhou.core.models import Event, Job, Lease, Organisation, StoredFile

OLDEST_POSTGRES, OLDEST_SQLITE = 150_000, (3, 37)
LATE = timedelta(minutes=5)
DRIFT = timedelta(seconds=10)
SOON = timedelta(days=31)


def reachable() -> Finding:
    """The database answers, and is new enough."""
    try:
        connection.ensure_connection()
    except DatabaseError as trouble:
        return attention(
            f"数据库连不上：{trouble}",
            f"the database does not answer: {trouble}",
            "请检查 DATABASE_URL 和数据库服务。",
            "Check DATABASE_URL and whether the database server runs.",
        )
    if connection.vendor == "sqlite":
        return _aged(sqlite3.sqlite_version_info >= OLDEST_SQLITE, "SQLite", sqlite3.sqlite_version, "3.37")
    known: Any = connection
    version = str(known.pg_version // 10_000)
    return _aged(known.pg_version >= OLDEST_POSTGRES, "PostgreSQL", version, "15")


def _aged(new_enough: bool, name: str, version: str, oldest: str) -> Finding:
    if new_enough:
        return well(f"数据库 {name} {version}", f"database {name} {version}")
    return attention(
        f"{name} {version} 太旧",
        f"{name} {version} is too old",
        f"请升级到 {oldest} 或更新。",
        f"Upgrade to {oldest} or newer.",
    )


def structure() -> Iterator[Finding]:
    """The database is at this version and has what its promises need."""
    steps = pending()
    if steps:
        yield attention(
            f"数据库还差 {steps} 步更新",
            f"the database is {steps} steps behind",
            "请运行 shouhou migrate",
            "Run shouhou migrate",
        )
    else:
        yield well("数据库结构是最新的", "the database is at this version")
    if connection.vendor == "postgresql":
        yield from _extension()


def _extension() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'")
        if cursor.fetchone():
            yield well("扩展 btree_gist 已装", "extension btree_gist is there")
        else:
            yield attention(
                "缺少扩展 btree_gist，无法防止时间重叠",
                "extension btree_gist is missing: overlapping appointments could not be refused",
                "请由数据库管理员在本库执行 CREATE EXTENSION btree_gist;",
                "Let the database's administrator run in this database: CREATE EXTENSION btree_gist;",
            )
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        yield attention(
            f"数据库编码是 {encoding}，存不了全部汉字",
            f"the database's encoding is {encoding}: it cannot hold every character",
            "请用 createdb -E UTF8 -T template0 新建数据库，再恢复备份。",
            "Make a new one with createdb -E UTF8 -T template0 and restore a backup into it.",
        )


def jobs_are_done(now: datetime) -> Iterator[Finding]:
    """Somebody does the jobs, and none was given up."""
    waiting = jobs.waiting(now)
    if waiting["dead"]:
        kinds = Job.objects.filter(state=Job.State.DEAD).values_list("kind", flat=True).distinct()
        yield attention(
            f"{waiting['dead']} 个后台任务多次未成：{'、'.join(kinds)}",
            f"{waiting['dead']} jobs were given up: {', '.join(kinds)}",
            "请在“后台任务”页查看原因后重试。",
            "See why on the jobs page, then try them again.",
        )
    late = Job.objects.filter(state=Job.State.WAITING, due_at__lt=now - LATE).count()
    holds = Lease.objects.filter(name=jobs.CLOCK, until__gt=now).exists()
    if late or not holds:
        yield attention(
            f"没有进程在做后台任务（{late} 个已过时）",
            f"no process does the jobs ({late} are late)",
            "请运行 shouhou work；单机可设 SHOUHOU_JOBS=inline。",
            "Run shouhou work, or set SHOUHOU_JOBS=inline where there is one web process.",
        )
    elif not waiting["dead"]:
        yield well("后台任务正常", "jobs are being done")


def clocks_agree(now: datetime) -> Iterator[Finding]:
    """This machine's clock agrees with the database's and lies behind nothing recorded."""
    last = Event.objects.order_by("-id").values_list("recorded_at", flat=True).first()
    gap = last - now if last and last > now else timedelta()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            gap = max(gap, abs(cursor.fetchone()[0] - now))
    if gap > DRIFT:
        seconds = int(gap.total_seconds())
        yield attention(
            f"时钟相差 {seconds} 秒",
            f"the clock is {seconds} seconds off",
            "请打开时间同步（chrony 或 systemd-timesyncd）。",
            "Turn on time synchronisation (chrony or systemd-timesyncd).",
        )
    else:
        yield well("时钟一致", "the clocks agree")


def calendars_are_published(now: datetime) -> Iterator[Finding]:
    """Each organisation knows the holidays of the weeks to come."""
    for organisation in Organisation.objects.order_by("code"):
        until = calendar.published_until(organisation.pk)
        if until is not None and until >= (now + SOON).date():
            yield well(
                f"{organisation.code} 节假日录至 {until}",
                f"{organisation.code}: holidays known until {until}",
            )
        else:
            yield attention(
                f"{organisation.code} 的节假日尚未录入{f' {until} 以后' if until else ''}",
                f"{organisation.code}: no holidays are entered{f' after {until}' if until else ''}",
                "国务院公布后，请在“管理 · 日历”录入或一键装入。",
                "Once they are published, enter them under Administration, Calendar.",
            )


def files_are_there(now: datetime) -> Iterator[Finding]:
    """What the database names lies in the data folder."""
    hashes = StoredFile.objects.values_list("sha256", flat=True).distinct()
    lost = [sha256 for sha256 in hashes.iterator() if not files.path_of(sha256).exists()]
    if lost:
        yield attention(
            f"数据目录缺 {len(lost)} 个文件，如 {lost[0][:12]}",
            f"{len(lost)} files are missing from the data folder, such as {lost[0][:12]}",
            "请从备份恢复 files 目录。",
            "Bring the folder files back from a backup.",
        )
    else:
        yield well("附件齐全", "every attached file is there")


CHECKS: tuple[Check, ...] = (jobs_are_done, clocks_agree, calendars_are_published, files_are_there)
