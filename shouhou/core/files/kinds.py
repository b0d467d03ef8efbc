"""What a file really is, told from its bytes."""

import io
import zipfile
from enum import StrEnum

# A workbook that unpacks to more than this is a trap, not a list of customers.
LARGEST_UNPACKED = 300 * 1024 * 1024


class Kind(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    HEIC = "image/heic"
    PDF = "application/pdf"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @property
    def is_picture(self) -> bool:
        return self.value.startswith("image/")

    @property
    def short(self) -> str:
        """The word people know: JPEG, PDF, XLSX."""
        return self.name


ENDINGS = {
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "png": Kind.PNG,
    "webp": Kind.WEBP,
    "gif": Kind.GIF,
    "heic": Kind.HEIC,
    "heif": Kind.HEIC,
    "pdf": Kind.PDF,
    "xlsx": Kind.XLSX,
}
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def sniff(content: bytes) -> Kind | None:
    """The kind of these bytes; ``None`` for what is not kept here."""
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    return Kind.XLSX if content.startswith(b"PK\x03\x04") and _is_workbook(content) else None


def claimed_kind(name: str, media_type: str) -> str:
    """What a sender says it is: by its ending, else by its media type; empty when it says nothing."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending:
        return ENDINGS.get(ending, ending)
    plain = media_type.partition(";")[0].strip().lower().replace("image/jpg", "image/jpeg")
    return "" if plain == "application/octet-stream" else plain


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            return "xl/workbook.xml" in parts.namelist() and unpacked <= LARGEST_UNPACKED
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
