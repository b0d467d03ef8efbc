"""A house of its own for each command that is tried: its own data folder and its own database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.settings import DATABASES

POSTGRES = os.environ["DATABASE_URL"] if "postgresql" in DATABASES["default"]["ENGINE"] else ""


@dataclass
class House:
    """A data folder and a database that no other test has."""

    data: Path
    database_url: str = ""

    @property
    def environ(self) -> dict[str, str]:
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith(("SHOUHOU_", "DJANGO_"))
        }
        return plain | {"SHOUHOU_DATA": str(self.data), "DATABASE_URL": self.database_url}

    def shouhou(self, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product as a person does, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "shouhou.cli", *map(str, words)],
            env=self.environ | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def python(self, code: str) -> str:
        """What a few lines inside the house print."""
        start = "from shouhou.cli.house import open_house; open_house()\n"
        done = subprocess.run(
            [sys.executable, "-c", start + code], env=self.environ, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()


@contextmanager
def built(folder: Path) -> Iterator[House]:
    """An empty house, on the database the tests run on; torn down afterwards."""
    if not POSTGRES:
        yield House(folder)
        return
    parts = urlsplit(POSTGRES)
    name = f"test_house_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield House(folder, urlunsplit(parts._replace(path=f"/{name}")))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty house."""
    with built(tmp_path / "data") as one:
        yield one


@pytest.fixture
def another(tmp_path: Path) -> Iterator[House]:
    """Another empty house."""
    with built(tmp_path / "other") as one:
        yield one


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with 雅木家居, its administrator and one photo. Tests must leave it as it is."""
    with built(tmp_path_factory.mktemp("house") / "data") as one:
        made = one.shouhou(
            "create-admin",
            "--organisation",
            "yamu",
            "--company",
            "雅木家居",
            "--name",
            "何平",
            "--username",
            "he",
        )
        assert made.returncode == 0, made.stderr
        one.python(PHOTO)
        yield one


PHOTO = """
import io
from PIL import Image
from shouhou.cli.house import now
from shouhou.core import actor, files, services
from shouhou.core.models import Organisation
key = Organisation.objects.get().pk
picture = io.BytesIO(); Image.new("RGB", (400, 300), "#8a5a2b").save(picture, "JPEG"); picture.seek(0)
got = files.receive(key, picture, name="logo.jpg")
made = services.attach_file(got, root_id=key, holder_id=key, purpose="logo", actor=actor.job(key), now=now())
files.thumbnail(made.file)
"""
