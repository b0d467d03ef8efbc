"""The list at the head of a backup."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: ``database`` is the sort of database, ``files`` are named by their own SHA-256."""

    made_at: str
    version: str
    database: str
    database_sha256: str
    counts: Mapping[str, int]
    files: tuple[str, ...]
    format: int = FORMAT

    def write(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, content: bytes) -> "Manifest":
        """Raises ``ValueError`` for what is no manifest of this format."""
        given = json.loads(content)
        if not isinstance(given, dict) or given.get("format") != FORMAT:
            raise ValueError("not a manifest this version can read")
        try:
            return cls(**{**given, "files": tuple(given["files"])})
        except (TypeError, KeyError) as trouble:
            raise ValueError("the manifest is not whole") from trouble


def sha256_of(path: Path) -> str:
    """A file's SHA-256, read piece by piece."""
    mill = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            mill.update(chunk)
    return mill.hexdigest()
