"""``shouhou migrate``: bring the database up to this version (更新数据库)."""

import argparse
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from shouhou.cli.house import open_house, say

# Any number will do, as long as every process of the product takes the same one.
LOCK = 7_468_686


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    open_house()
    if not bring_up():
        say("数据库已是最新", "the database is up to date")
    return 0


def pending() -> int:
    """How many steps the database is behind this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up() -> int:
    """Apply what is missing, showing progress; the number of steps taken."""
    steps = pending()
    if not steps:
        return 0
    from django.core.management import call_command

    with _alone():
        say(f"更新数据库，{steps} 步", f"updating the database, {steps} steps")
        call_command("migrate", interactive=False, verbosity=1, stdout=Counting(steps), no_color=True)
        if sys.stdout.isatty():
            print(flush=True)
    return steps


@contextmanager
def _alone() -> Iterator[None]:
    """Several servers that start at once wait for the first to migrate; SQLite has one writer anyway."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


class Counting(io.TextIOBase):
    """Django's lines of progress as a count."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0

    def write(self, text: str) -> int:
        self.done += text.count(" OK")
        # A log file needs no running count.
        if sys.stdout.isatty():
            sys.stdout.write(f"\r    {min(self.done, self.total)} / {self.total} ")
            sys.stdout.flush()
        return len(text)
