"""Text as people paste it: cleaned where the meaning is plain, refused where something would be lost."""

import re
import unicodedata

from django.utils.translation import gettext as _

from shouhou.core.refusals import Unfit

# Control and format characters never mean anything in a name or an address; a zero-width
# joiner or a bidirectional override can make one text look like another.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
MOST = 4_000


def one_line(value: str | None, field: str, *, most: int, least: int = 1) -> str:
    """A text of one line, at most ``most`` characters; ``least=0`` lets it be empty.

    Raises ``Unfit`` naming the field.
    """
    text = " ".join(_clean(value).split())
    return _fit(text, field, least, most)


def paragraph(value: str | None, field: str, *, most: int = MOST, least: int = 0) -> str:
    """A text of several lines, its line ends made one kind.

    Raises ``Unfit`` naming the field.
    """
    return _fit(_clean(value).strip(), field, least, most)


def _clean(value: str | None) -> str:
    text = unicodedata.normalize("NFC", value or "").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text)


def _fit(text: str, field: str, least: int, most: int) -> str:
    if len(text) < least:
        raise Unfit({field: _("This is needed. Please fill it in.")})
    if len(text) > most:
        raise Unfit(
            {
                field: _("At most {most} characters fit here; this has {length}.").format(
                    most=most, length=len(text)
                )
            }
        )
    return text
