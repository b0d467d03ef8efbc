"""Functions that make one kind of value from another."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from shouhou.kernel.feel import numbers, temporal
from shouhou.kernel.feel.functions.registry import builtin
from shouhou.kernel.feel.temporal import YearsMonths
from shouhou.kernel.feel.values import Range, Run, equal
from shouhou.kernel.feel.values import text as write

DIGITS = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,5})?", re.ASCII)
LONGEST_NUMBER = 100


@builtin("date(from: string or date or date and time): date")
def to_date(source: str | date) -> date | None:
    if isinstance(source, str):
        return temporal.read_date(source)
    return source.date() if isinstance(source, datetime) else source


@builtin("date(year: number, month: number, day: number): date")
def make_date(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    if not all(_is_whole(part) for part in (year, month, day)):
        return None
    try:
        return date(numbers.whole(year), numbers.whole(month), numbers.whole(day))
    except ValueError:
        return None


def _is_whole(number: Decimal) -> bool:
    return number == numbers.whole(number)


@builtin("time(from: string or time or date and time or date): time")
def to_time(source: str | time | date) -> time | None:
    if isinstance(source, str):
        return temporal.read_time(source)
    if isinstance(source, time):
        return source
    return source.timetz() if isinstance(source, datetime) else time(tzinfo=UTC)


@builtin("time(hour: number, minute: number, second: number, offset?: days and time duration): time")
def make_time(
    hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> time | None:
    if not _is_whole(hour) or not _is_whole(minute) or not 0 <= second < 60:
        return None
    if offset is not None and abs(offset) > temporal.FURTHEST_OFFSET:
        return None
    seconds, fraction = divmod(int(numbers.ARITHMETIC.multiply(second, Decimal(1_000_000))), 1_000_000)
    zone = None if offset is None else temporal.fixed_zone(offset)
    try:
        return time(numbers.whole(hour), numbers.whole(minute), seconds, fraction, zone)
    except ValueError:
        return None


@builtin("date and time(from: string or date or date and time): date and time")
def to_moment(source: str | date) -> datetime | None:
    if isinstance(source, str):
        return temporal.read_moment(source)
    return source if isinstance(source, datetime) else datetime.combine(source, time(tzinfo=UTC))


@builtin("date and time(date: date or date and time, time: time): date and time")
def make_moment(day: date, clock: time) -> datetime:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)


@builtin("number(from: string or number): number")
def to_number(source: str | Decimal) -> Decimal | None:
    if isinstance(source, Decimal):
        return source
    return _number(source)


def _number(digits: str) -> Decimal | None:
    fits = len(digits) <= LONGEST_NUMBER and DIGITS.fullmatch(digits)
    return numbers.decimal(digits) if fits else None


@builtin("number(from: string, grouping separator: any, decimal separator: any): number")
def to_number_with(source: str | None, grouping: object, point: object) -> Decimal | None:
    known = grouping in (None, " ", ",", ".") and point in (None, ".", ",")
    if source is None or not known or (grouping is not None and grouping == point):
        return None
    digits = source.replace(grouping, "") if isinstance(grouping, str) else source
    if isinstance(point, str) and point != ".":
        if "." in digits:
            return None
        digits = digits.replace(point, ".")
    return _number(digits)


@builtin("string(from: any): string", counts=True)
def to_string(run: Run, source: object) -> str | None:
    return None if source is None else write(source, run)


@builtin("duration(from: string or days and time duration or years and months duration): any")
def to_duration(source: str | timedelta | YearsMonths) -> timedelta | YearsMonths | None:
    return temporal.read_duration(source) if isinstance(source, str) else source


@builtin("not(negand: boolean): boolean")
def negation(value: bool) -> bool:
    return not value


@builtin("is(value1: any, value2: any): boolean", counts=True)
def same(run: Run, one: object, other: object) -> bool:
    """Say whether two values are the same element: of one kind, equal, and written with one zone."""
    if isinstance(one, time | datetime) and isinstance(other, time | datetime):
        zones = temporal.write_zone(one.tzinfo) == temporal.write_zone(other.tzinfo)
        return zones and equal(one, other, run) is True
    return equal(one, other, run) is True


@builtin("range(from: string): range")
def to_range(source: str) -> Range | None:
    """Read ``[1..5]`` whose ends are numbers, texts in quotes, or dates, times and durations."""
    match = re.fullmatch(r"([\[(\]])(.*?)\.\.(.*)([\])\[])", source.strip())
    if match is None:
        return None
    low, high = _end(match[2].strip()), _end(match[3].strip())
    if low is None or high is None or type(low) is not type(high):
        return None
    return Range(low, high, match[1] == "[", match[4] == "]")


def _end(words: str) -> object:
    if quoted := re.fullmatch(r'@"([^"\\]*)"', words):
        return temporal.read(quoted[1])
    if quoted := re.fullmatch(r'"([^"\\]*)"', words):
        return quoted[1]
    return _number(words)
