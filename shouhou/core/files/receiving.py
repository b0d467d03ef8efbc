"""Taking a file in: its size, its real kind, and its picture encoded anew."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouhou.core import policies
from shouhou.core.files import pictures, shelf
from shouhou.core.files.kinds import Kind, claimed_kind, sniff
from shouhou.core.files.refusals import FileEmpty, FileHeic, FileMisnamed, FileTooBig, FileUnknown
from shouhou.core.text import one_line

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200

policies.declare(
    "core.upload_megabytes",
    int,
    default=20,
    least=1,
    most=100,
    label=_("Largest file to send, in MB"),
)


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Received:
    """A file on the shelf, not yet attached to anything."""

    sha256: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    name: str


def receive(organisation_id: UUID, source: Readable, *, name: str, claimed: str = "") -> Received:
    """Check a file and lay it on the shelf. ``claimed`` is the media type its sender gave.

    Raises ``FileEmpty``, ``FileTooBig``, ``FileUnknown``, ``FileMisnamed``, ``FileHeic``,
    ``PictureTooLarge``, ``PictureBroken``.
    """
    shown = _short(name)
    content = _read(source, shown, policies.value(organisation_id, "core.upload_megabytes"))
    kind = _kind(content, shown, claimed)
    if not kind.is_picture:
        return Received(shelf.put(content), kind, len(content), None, None, shown)
    picture = pictures.clean(content, kind, shown)
    sha256 = shelf.put(picture.content)
    return Received(sha256, picture.kind, len(picture.content), picture.width, picture.height, shown)


def _short(name: str) -> str:
    """The last part of a name, which may be a path and five megabytes long; the ending stays."""
    plain = one_line(name[-10_000:].replace("\\", "/").rpartition("/")[2], "name", most=10_000, least=0)
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= LONGEST_NAME or not dot or len(ending) > 10:
        return plain[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _read(source: Readable, name: str, megabytes: int) -> bytes:
    content = source.read(megabytes * MEGABYTE + 1)
    if not content:
        raise FileEmpty(name=name)
    if len(content) > megabytes * MEGABYTE:
        raise FileTooBig(name=name, most=megabytes)
    return content


def _kind(content: bytes, name: str, claimed: str) -> Kind:
    kind = sniff(content)
    if kind is None:
        raise FileUnknown(name=name)
    says = claimed_kind(name, claimed)
    # Chat apps name every picture .jpg whatever it is; it is encoded anew, so that nobody is misled.
    if says and says != kind and not (kind.is_picture and says in set(Kind) and Kind(says).is_picture):
        raise FileMisnamed(
            name=name, claimed=Kind(says).short if says in set(Kind) else says[:20], found=kind.short
        )
    if kind is Kind.HEIC:
        raise FileHeic(name=name)
    return kind
