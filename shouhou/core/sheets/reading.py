"""Opening a workbook that somebody sent: what it really is, how large it gets, and what stands in it."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from shouhou.core.refusals import Refusal
from shouhou.core.sheets import child
from shouhou.core.sheets.refusals import Damaged, NotAWorkbook, OldOrLocked, TooLarge
from shouhou.core.text import one_line

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 1_000
LONGEST_NAME = 100
# The reading process ends itself before this.
PATIENCE = 3 * child.SECONDS

OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came. Its ``repr`` names it by content: command keys compare what was sent."""

    name: str
    content: bytes = field(repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", sha256(self.content).hexdigest())
        object.__setattr__(self, "name", shown_name(self.name))


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet that hold anything, with the numbers Excel shows beside them."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def shown_name(given: str) -> str:
    """A file's name fit to be shown: no folders, no control characters, the middle of a long one left out."""
    name = one_line(Path(given[-4_000:].replace("\\", "/")).name, "file", most=4_000, least=0)
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 21]}…{name[-20:]}"
    return name or "?.xlsx"


def read(upload: Upload) -> list[Grid]:
    """The sheets of a workbook, in order.

    Raises ``NotAWorkbook``, ``OldOrLocked``, ``TooLarge`` or ``Damaged``.
    """
    _look_at(upload)
    try:
        done = subprocess.run(
            [sys.executable, "-I", child.__file__],
            input=upload.content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused(TooLarge, upload) from None
    if done.returncode == child.DAMAGED:
        raise _refused(Damaged, upload)
    if done.returncode:
        # Told too large, or ended by the limits on its memory and time.
        raise _refused(TooLarge, upload)
    return [_grid(line) for line in done.stdout.splitlines()]


def _look_at(upload: Upload) -> None:
    """Refuse, without unpacking, what cannot be a workbook we take."""
    if len(upload.content) > MOST_BYTES:
        raise _refused(TooLarge, upload)
    if upload.content.startswith(OLD_EXCEL):
        raise _refused(OldOrLocked, upload)
    try:
        with ZipFile(BytesIO(upload.content)) as parts:
            infos = parts.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise _refused(NotAWorkbook, upload) from None
    if "xl/workbook.xml" not in {info.filename for info in infos}:
        raise _refused(NotAWorkbook, upload)
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise _refused(TooLarge, upload)


def _grid(line: bytes) -> Grid:
    sheet = json.loads(line)
    return Grid(sheet["name"], tuple((number, tuple(cells)) for number, cells in sheet["rows"]))


def _refused(refusal: type[Refusal], upload: Upload) -> Refusal:
    return refusal(name=upload.name, megabytes=MOST_BYTES // 1024 // 1024, rows=f"{child.MOST_ROWS:,}")
