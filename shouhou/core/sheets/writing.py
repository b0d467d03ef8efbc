"""Workbooks people take away (导出): every list in the product, written row by row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo

import xlsxwriter
from django.utils.functional import Promise
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from shouhou.core import phones
from shouhou.core.text import CONTROL

T = TypeVar("T")
Sort = Literal["text", "day", "moment", "number", "phone"]
Value = str | int | float | Decimal | date | datetime | Promise | None

# A cell that begins so is a formula to Excel, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_000
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\'")
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
ZONE = "Asia/Shanghai"
# Rows go to disk as they come, and text is only ever text.
ONLY_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One column of an export: its title, how a row gives its value, and how that is shown."""

    title: str | Promise
    of: Callable[[T], Value]
    sort: Sort = "text"
    width: int = 16
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """One sheet of a workbook: its name, its columns, its rows."""

    title: str | Promise
    fields: Sequence[Field[T]]
    rows: Iterable[T]


class Sheet:
    """One sheet being written from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, name: str, zone: ZoneInfo) -> None:
        self.rows: Worksheet = book.add_worksheet(name)
        self.zone, self.next = zone, 0
        self.bold: Format = book.add_format({"bold": True, "bottom": 1})
        self.formats: dict[str, Format] = {
            "day": book.add_format({"num_format": DAY}),
            "moment": book.add_format({"num_format": MOMENT}),
        }

    def head(self, fields: Sequence[Field[T]]) -> None:
        """Write the titles, which stay in sight."""
        for place, field in enumerate(fields):
            self.rows.set_column(place, place, field.width)
            self.rows.write_string(self.next, place, str(field.title), self.bold)
            if field.note:
                self.rows.write_comment(self.next, place, field.note)
        self.next += 1
        self.rows.freeze_panes(self.next, 0)

    def line(self, values: Sequence[Value], sorts: Sequence[Sort]) -> None:
        """Write one row."""
        for place, (value, sort) in enumerate(zip(values, sorts, strict=True)):
            self._cell(place, value, sort)
        self.next += 1

    def _cell(self, place: int, value: Value, sort: Sort) -> None:
        match value:
            case None | "":
                return
            case datetime():
                self.rows.write_datetime(
                    self.next, place, value.astimezone(self.zone).replace(tzinfo=None), self.formats["moment"]
                )
            case date():
                self.rows.write_datetime(self.next, place, value, self.formats["day"])
            case int() | float() | Decimal() if sort == "number":
                self.rows.write_number(self.next, place, value)
            case _:
                self.rows.write_string(self.next, place, harmless(str(value)))


def write_sheet(
    title: str | Promise,
    fields: Sequence[Field[T]],
    rows: Iterable[T],
    *,
    reveals: bool = False,
    zone: str = ZONE,
) -> bytes:
    """A workbook of one sheet (``write_book``)."""
    return write_book([Table(title, fields, rows)], reveals=reveals, zone=zone)


def write_book(tables: Iterable[Table[Any]], *, reveals: bool = False, zone: str = ZONE) -> bytes:
    """A workbook of several sheets. Phones are masked unless ``reveals``: ask ``policy.can`` for that right.

    Only one row is in memory at a time, beside what the database hands over. Moments are shown in ``zone``.
    """
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, ONLY_TEXT)
    for table in tables:
        sheet = Sheet(book, _free_name(book, str(table.title)), ZoneInfo(zone))
        sheet.head(table.fields)
        sorts = [field.sort for field in table.fields]
        for row in table.rows:
            sheet.line([_shown(field.of(row), field.sort, reveals) for field in table.fields], sorts)
    book.close()
    return kept.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet runs, prefixed with an apostrophe where it begins like a formula."""
    plain = CONTROL.sub("", text)[:LONGEST_CELL]
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def sheet_name(title: str) -> str:
    """A title as Excel lets a sheet be called."""
    return title.translate(NOT_IN_SHEET_NAMES)[:LONGEST_SHEET_NAME].strip() or "1"


def _free_name(book: xlsxwriter.Workbook, title: str) -> str:
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    name = sheet_name(title)
    return name if name.casefold() not in taken else f"{name[: LONGEST_SHEET_NAME - 4]}~{len(taken)}"


def _shown(value: Value, sort: Sort, reveals: bool) -> Value:
    if sort == "phone" and value:
        return phones.display(str(value)) if reveals else phones.masked(str(value))
    return value
