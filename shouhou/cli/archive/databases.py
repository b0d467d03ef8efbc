"""The database at one moment, taken while others write, and put back."""

import os
import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction


class ToolMissing(Exception):
    """A program of the database's own is needed and not there, or it gave up; the text says what it said."""


class Database(ABC):
    """How one sort of database is taken and put back."""

    name: str

    @abstractmethod
    def take(self, target: Path) -> Mapping[str, int]:
        """Write the database as it is at one moment; the number of rows in each table at that moment."""

    @abstractmethod
    def put_back(self, source: Path) -> None:
        """Replace everything in the database by what ``take`` wrote."""


def database() -> Database:
    """The database the settings name."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def tables() -> list[str]:
    """Every table of the product, its rooms' and its libraries'."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def counts() -> dict[str, int]:
    """The number of rows in each table now."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables():
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            found[table] = int(cursor.fetchone()[0])
    return found


class Sqlite(Database):
    """By SQLite's own backup, which lets others go on writing."""

    name = "sqlite"

    def take(self, target: Path) -> Mapping[str, int]:
        with closing(sqlite3.connect(self._path())) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            return {
                table: copy.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in tables()
            }

    def put_back(self, source: Path) -> None:
        connection.close()
        path = self._path()
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.restoring")
        shutil.copyfile(source, draft)
        # What the old database had not yet folded in belongs to the old one.
        for ending in ("-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        draft.replace(path)

    def _path(self) -> Path:
        return Path(connection.settings_dict["NAME"])


class Postgres(Database):
    """By PostgreSQL's own pg_dump and pg_restore."""

    name = "postgresql"

    def take(self, target: Path) -> Mapping[str, int]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = cursor.fetchone()[0]
            # Both look at the same moment.
            _call("pg_dump", f"--snapshot={snapshot}", "--format=custom", "--no-owner", f"--file={target}")
            return counts()

    def put_back(self, source: Path) -> None:
        _tool("pg_restore")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
        words = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        name = connection.settings_dict["NAME"]
        _call("pg_restore", *words, f"--dbname={name}", str(source))


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise ToolMissing(f"{name} (apt install postgresql-client)")
    return path


def _call(name: str, *words: str) -> None:
    """Run a tool of PostgreSQL's against the database of the settings; its password stays off the command line."""
    told: Any = connection.settings_dict
    environ = os.environ | {
        variable: str(told[key])
        for variable, key in {
            "PGHOST": "HOST",
            "PGPORT": "PORT",
            "PGUSER": "USER",
            "PGPASSWORD": "PASSWORD",
            "PGDATABASE": "NAME",
        }.items()
        if told[key]
    }
    done = subprocess.run([_tool(name), *words], env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ToolMissing(f"{name}: {done.stderr.strip()[-500:]}")
