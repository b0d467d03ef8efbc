"""Telephone numbers (电话): one normal form to search by, one to read out, one that hides.

The normal form is E.164, an extension after it: ``+8613800005678``, ``+862164001234;ext=8012``.
"""

import re
import unicodedata

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumber, PhoneNumberFormat

from shouhou.core.refusals import Refusal

HOME = "CN"
MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
EXTENSION = re.compile(
    r"\s*(?:转|轉|分机|分機|内线|;?\s*ext\.?=?|#|\bx)\s*(\d{1,6})\s*$", re.IGNORECASE | re.ASCII
)
# Between the digits people write these; anything else is not a number.
WRITTEN = re.compile(r"[+\d\s().\-–—/]+", re.ASCII)
LONGEST = 40


class NotAPhone(Refusal):
    """The text is not a telephone number."""

    code = "core.not_a_phone"
    message = _("“{given}” is not a telephone number.")
    next_step = _(
        "Write a mobile number such as 138 0000 5678, or a landline with its area code: 021-6400 1234."
    )
    status = 422


def normal(text: str) -> str:
    """The normal form of a number as people write it.

    Raises ``NotAPhone``.
    """
    number = _read(text)
    if number is None:
        raise NotAPhone(given=text.strip()[:LONGEST])
    plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def recognised(text: str) -> str | None:
    """The normal form, or ``None`` for what is no number: for search boxes and imports."""
    try:
        return normal(text)
    except NotAPhone:
        return None


def display(value: str) -> str:
    """A normal form as people read it out: ``138 0000 5678``, ``021-6400 1234 转 8012``."""
    home, extension = _home(value)
    if home is None:
        return value
    tail = f" 转 {extension}" if extension else ""
    if MOBILE.fullmatch(home):
        return f"{home[:3]} {home[3:7]} {home[7:]}"
    area, rest = _area(home)
    return (f"{area}-{rest[:-4]} {rest[-4:]}" if area else home) + tail


def masked(value: str) -> str:
    """A normal form with its middle hidden: ``138****5678``, ``021-****1234``."""
    home, _extension = _home(value)
    if home is None:
        return f"{value[:3]}****{value[-2:]}" if len(value) > 6 else "****"
    if MOBILE.fullmatch(home):
        return f"{home[:3]}****{home[-4:]}"
    area, rest = _area(home)
    return f"{area}-****{rest[-4:]}" if area else f"****{home[-4:]}"


def _read(text: str) -> PhoneNumber | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > LONGEST:
        return None
    extension = EXTENSION.search(plain)
    if extension:
        plain = plain[: extension.start()]
    if not WRITTEN.fullmatch(plain):
        return None
    try:
        number = phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not _is_whole(number):
        return None
    if extension:
        number.extension = extension[1]
    return number


def _is_whole(number: PhoneNumber) -> bool:
    if number.country_code != 86:
        return phonenumbers.is_possible_number(number)
    national = str(number.national_number)
    # New mobile prefixes are given out faster than libraries learn them.
    return bool(MOBILE.fullmatch(national)) or (len(national) != 11 and phonenumbers.is_valid_number(number))


def _home(value: str) -> tuple[str | None, str]:
    """A Chinese number without its country code, and its extension."""
    plain, _mark, extension = value.partition(";ext=")
    return (plain.removeprefix("+86"), extension) if plain.startswith("+86") else (None, extension)


def _area(home: str) -> tuple[str, str]:
    """A landline's area code with its 0, and the rest; no area code for 400 and 800 numbers."""
    number = PhoneNumber(country_code=86, national_number=int(home))
    digits = phonenumbers.length_of_geographical_area_code(number)
    return (f"0{home[:digits]}", home[digits:]) if digits else ("", home)
