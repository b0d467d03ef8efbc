"""Thumbnails, made when they are first looked at."""

from pathlib import Path

from shouhou.core.files import pictures, shelf
from shouhou.core.files.kinds import Kind
from shouhou.core.models import StoredFile


def thumbnail(stored: StoredFile) -> Path | None:
    """A picture's thumbnail (WebP, at most 320 points a side); ``None`` for what is no picture."""
    if not Kind(stored.media_type).is_picture:
        return None
    path = shelf.path_of(stored.sha256).with_suffix(".webp")
    if not path.exists():
        with shelf.open_file(stored) as source:
            shelf.write(path, pictures.shrink(source.read()))
    return path
