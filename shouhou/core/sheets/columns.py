"""Columns: found by their headings, in Chinese or English, and turned from text into values cell by cell."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from shouhou.core import phones
from shouhou.core.entries import sentence_of
from shouhou.core.refusals import Refusal, Unfit
from shouhou.core.text import one_line, paragraph

# ``read(text, key)`` gives the value, or raises a refusal that says what to write instead.
Reader = Callable[[str, str], Any]

# Titles, merged banners and notes may stand above the headings, but not for longer than this.
HEADINGS_WITHIN = 15
REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
NOT_A_WORD = re.compile(r"[\W_]+")

YEAR_MONTH_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[ T].*)?", re.ASCII
)
TIME = re.compile(r"[ T]\s*(\d{1,2})\s*[:：时点]\s*(\d{1,2})(?:\D.*)?$", re.ASCII)
EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
EXCEL_DAY = re.compile(r"\d{5}", re.ASCII)
EXCEL_BEGINS = date(1899, 12, 30)
ROUNDED = re.compile(r"\d+(\.\d+)?[eE]\+?\d+", re.ASCII)
# A leading apostrophe is how Excel, and our own workbooks, keep a text from being a formula.
GUARD = re.compile(r"^'(?=[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its names (the first of each language is shown in the template), and how its cells read."""

    key: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    read: Reader
    required: bool = False
    example: str = ""

    @property
    def name(self) -> str:
        """How people find it in the template: both languages, marked when it must be filled in."""
        return f"{self.chinese[0]} {self.english[0]}{' *' if self.required else ''}"

    def answers_to(self) -> set[str]:
        """Every heading that means this column, folded."""
        words = (*self.chinese, *self.english, *(f"{c}{e}" for c in self.chinese for e in self.english))
        return {folded(word) for word in words}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as values by column key; ``problems`` has a sentence for each cell that could not be read."""

    sheet: str
    number: int
    values: Mapping[str, Any]
    problems: Mapping[str, str]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the headings of a sheet stand: the row's number, its texts, and the column each key is in."""

    number: int
    texts: tuple[str, ...]
    places: Mapping[str, int]

    def has_any(self, headings: Sequence[str]) -> bool:
        """Whether any of these headings stands in the row."""
        return not {folded(heading) for heading in headings}.isdisjoint(map(folded, self.texts))


def folded(heading: str) -> str:
    """A heading without what people add to it: remarks in brackets, stars, spaces, case, full width."""
    plain = unicodedata.normalize("NFKC", REMARK.sub("", heading)).casefold()
    return NOT_A_WORD.sub("", plain)


def heading_of(rows: Sequence[tuple[int, tuple[str, ...]]], columns: Sequence[Column]) -> Heading | None:
    """The row that names the most columns, all required ones among them; ``None`` when no row does."""
    known = {word: column.key for column in columns for word in column.answers_to()}
    needed = {column.key for column in columns if column.required}
    best: Heading | None = None
    for number, texts in rows[:HEADINGS_WITHIN]:
        places: dict[str, int] = {}
        for place, text in enumerate(texts):
            key = known.get(folded(text))
            if key is not None:
                places.setdefault(key, place)
        if needed <= set(places) and len(places) > (len(best.places) if best else 1):
            best = Heading(number, texts, places)
    return best


def row_of(
    sheet: str, number: int, cells: Sequence[str], places: Mapping[str, int], columns: Sequence[Column]
) -> Row:
    """Turn a row's cells into values; what cannot be read becomes a problem of its column."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for column in columns:
        place = places.get(column.key)
        text = cells[place] if place is not None and place < len(cells) else ""
        text = GUARD.sub("", text).strip()
        try:
            if text:
                values[column.key] = column.read(text, column.key)
            elif column.required:
                raise Unfit({column.key: _("This cell is empty. Please fill it in.")})
        except Refusal as trouble:
            problems[column.key] = sentence_of(trouble)
    return Row(sheet, number, values, problems)


# — how cells are read —


def text(most: int) -> Reader:
    """A text of one line."""
    return partial(one_line, most=most)


def long_text(most: int) -> Reader:
    """A text of several lines."""
    return partial(paragraph, most=most)


def code(most: int) -> Reader:
    """A code or serial number: full-width letters become plain; one that Excel has rounded is refused."""

    def read(given: str, key: str) -> str:
        plain = unicodedata.normalize("NFKC", given)
        if ROUNDED.fullmatch(plain.strip()):
            raise Unfit(
                {
                    key: _("Excel has rounded “{given}”. Format the cell as text and enter it again.").format(
                        given=plain
                    )
                }
            )
        return one_line(plain, key, most=most)

    return read


def phone(given: str, key: str) -> str:
    """A telephone number in its normal form."""
    return phones.normal(given)


def day(given: str, key: str) -> date:
    """A day as people write it: 2026-11-24, 2026/11/24, 2026年11月24日, 20261124, or Excel's own count."""
    plain = unicodedata.normalize("NFKC", given).strip()
    match = YEAR_MONTH_DAY.fullmatch(plain) or EIGHT_DIGITS.fullmatch(plain)
    try:
        if match:
            year, month, of_month = map(int, match.groups())
            return date(year, month, of_month)
        if EXCEL_DAY.fullmatch(plain):
            return EXCEL_BEGINS + timedelta(days=int(plain))
    except ValueError:
        pass
    raise Unfit({key: _("“{given}” is not a day. Write it like 2026-11-24.").format(given=plain[:40])})


def moment(given: str, key: str) -> datetime:
    """A day, and the time if one stands behind it (2026-11-24 09:12), by the wall clock: without a zone."""
    plain = unicodedata.normalize("NFKC", given).strip()
    match = TIME.search(plain)
    try:
        at = time(int(match[1]), int(match[2])) if match else time()
    except ValueError:
        sentence = _("“{given}” is not a moment. Write it like 2026-11-24 09:12.")
        raise Unfit({key: sentence.format(given=plain[:40])}) from None
    return datetime.combine(day(plain, key), at)


def one_of(words: Mapping[str, Sequence[str]]) -> Reader:
    """One of a few codes, by any of its words."""
    known = {folded(word): code for code, names in words.items() for word in (code, *names)}

    def read(given: str, key: str) -> str:
        found = known.get(folded(given))
        if found is None:
            choices = "、".join(names[0] for names in words.values())
            raise Unfit(
                {key: _("“{given}” is not one of: {choices}.").format(given=given[:40], choices=choices)}
            )
        return found

    return read
