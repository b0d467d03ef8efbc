"""The shelf: bytes under the data folder, each once, named by their hash."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from shouhou.core.models import StoredFile

HASH = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.DATA) / "files"


def path_of(sha256: str) -> Path:
    """Where a file lies: ``files/ab/abcd…``."""
    return folder() / sha256[:2] / sha256


def put(content: bytes) -> str:
    """Lay bytes on the shelf unless they are there; their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        write(path, content)
    return sha256


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("wb") as target:
        target.write(content)
        target.flush()
        # The row that names this file is about to be committed: the bytes must outlive a power cut too.
        os.fsync(target.fileno())
    draft.replace(path)


def open_file(stored: StoredFile) -> BinaryIO:
    """A stored file's bytes, for reading.

    Raises ``FileNotFoundError`` when the data folder lost it; ``shouhou doctor`` looks for such.
    """
    return path_of(stored.sha256).open("rb")


def every() -> Iterator[str]:
    """The hash of every file on the shelf; drafts and thumbnails are not files of their own."""
    return (path.name for path in sorted(folder().glob("??/*")) if HASH.fullmatch(path.name))
