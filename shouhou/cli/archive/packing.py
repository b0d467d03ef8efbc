"""Writing a backup whole or not at all, and unpacking one only as far as its hashes agree."""

import io
import re
import tarfile
from collections.abc import Callable
from pathlib import Path

from shouhou.cli.archive.manifest import Manifest, sha256_of

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
SHA256 = re.compile(r"[0-9a-f]{64}")
# Photos do not get smaller, so more effort would only take time.
EFFORT = 1


class NotABackup(Exception):
    """The file is no backup, or not whole: its text says where it breaks."""


def pack(target: Path, manifest: Manifest, database: Path, find: Callable[[str], Path]) -> None:
    """Write a backup; ``find`` says where a file of the shelf lies."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with tarfile.open(draft, "w:gz", compresslevel=EFFORT) as archive:
            head = tarfile.TarInfo(MANIFEST)
            content = manifest.write()
            head.size = len(content)
            archive.addfile(head, io.BytesIO(content))
            archive.add(database, DATABASE)
            for sha256 in manifest.files:
                archive.add(find(sha256), f"{FILES}/{sha256}")
        draft.chmod(0o600)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack a backup into an empty folder and check every hash; nothing outside the folder is touched.

    Raises ``NotABackup`` naming what is missing, changed or too much.
    """
    try:
        with tarfile.open(source, "r:gz") as archive:
            manifest = _head(archive)
            wanted = {DATABASE: manifest.database_sha256} | {
                f"{FILES}/{name}": name for name in manifest.files
            }
            # The manifest was the first; iterating over the archive would start there again.
            for member in iter(archive.next, None):
                expected = wanted.pop(member.name, None)
                if expected is None or not member.isfile() or not SHA256.fullmatch(expected):
                    raise NotABackup(f"unexpected: {member.name[:80]!r}")
                archive.extract(member, folder, filter="data")
                if sha256_of(folder / member.name) != expected:
                    raise NotABackup(f"changed: {member.name}")
    except (tarfile.TarError, EOFError, OSError, ValueError) as trouble:
        raise NotABackup(str(trouble)) from trouble
    if wanted:
        raise NotABackup(f"missing: {next(iter(wanted))}")
    return manifest


def _head(archive: tarfile.TarFile) -> Manifest:
    member = archive.next()
    content = archive.extractfile(member) if member and member.name == MANIFEST and member.isfile() else None
    if content is None:
        raise NotABackup("no manifest at its head")
    return Manifest.read(content.read())
