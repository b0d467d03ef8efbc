"""Pictures: upright, of bounded size, without what they tell of place, phone and person."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from shouhou.core.files.kinds import Kind
from shouhou.core.files.refusals import PictureBroken, PictureTooLarge

# A phone's largest ordinary photo has 50 million points; what claims more is refused before it is unpacked.
MOST_POINTS = 60_000_000
# The library's own limit would only warn, in a log.
Image.MAX_IMAGE_PIXELS = None
LONGEST_SIDE = 3_200
THUMBNAIL_SIDE = 320
_SAVED_AS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.GIF: "PNG"}
_QUALITY = {"JPEG": 85, "WEBP": 85}


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    kind: Kind
    width: int
    height: int


def clean(content: bytes, kind: Kind, name: str) -> Picture:
    """The picture encoded anew: only its points and colours are kept.

    Raises ``PictureTooLarge``, ``PictureBroken``.
    """
    image = _upright(content, name, LONGEST_SIDE)
    form = _SAVED_AS[kind]
    saved = _save(image, form)
    return Picture(saved, Kind.PNG if kind is Kind.GIF else kind, image.width, image.height)


def shrink(content: bytes) -> bytes:
    """A thumbnail as WebP."""
    return _save(_upright(content, "", THUMBNAIL_SIDE), "WEBP")


def _upright(content: bytes, name: str, side: int) -> Image.Image:
    try:
        image: Image.Image = Image.open(io.BytesIO(content), formats=[*_SAVED_AS.values(), "GIF"])
        if image.width * image.height > MOST_POINTS:
            raise PictureTooLarge(name=name, width=image.width, height=image.height)
        # A large JPEG is unpacked at a half, a quarter or an eighth at once.
        image.draft("RGB", (side, side))
        image = ImageOps.exif_transpose(image)
        image.thumbnail((side, side))
        profile = image.info.get("icc_profile")
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError) as trouble:
        raise PictureBroken(name=name) from trouble
    image.info = {"icc_profile": profile} if profile else {}
    return image


def _save(image: Image.Image, form: str) -> bytes:
    target = io.BytesIO()
    (image.convert("RGB") if form == "JPEG" else image).save(target, form, quality=_QUALITY.get(form, 0))
    return target.getvalue()
