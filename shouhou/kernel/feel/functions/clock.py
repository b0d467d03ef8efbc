"""Functions on dates and durations. None reads a clock: what day it is, is a fact."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from shouhou.kernel.feel.functions.registry import builtin
from shouhou.kernel.feel.numbers import ARITHMETIC
from shouhou.kernel.feel.temporal import YearsMonths

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@builtin("day of year(date: date or date and time): number")
def day_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


@builtin("day of week(date: date or date and time): string")
def day_of_week(day: date) -> str:
    return WEEKDAYS[day.weekday()]


@builtin("month of year(date: date or date and time): string")
def month_of_year(day: date) -> str:
    return MONTHS[day.month - 1]


@builtin("week of year(date: date or date and time): number")
def week_of_year(day: date) -> Decimal:
    return Decimal(day.isocalendar().week)


@builtin("abs(n: number): number")
def absolute(number: Decimal) -> Decimal:
    return ARITHMETIC.abs(number)


@builtin("abs(n: days and time duration): days and time duration")
def absolute_length(length: timedelta) -> timedelta:
    return abs(length)


@builtin("abs(n: years and months duration): years and months duration")
def absolute_months(value: YearsMonths) -> YearsMonths:
    return YearsMonths(abs(value.months))


@builtin(
    "years and months duration(from: date or date and time, to: date or date and time):"
    " years and months duration"
)
def months_between(start: date, end: date) -> YearsMonths:
    """Count whole months; a month is not whole before its day and time are reached again."""
    earlier, later = sorted((_calendar(start), _calendar(end)))
    months = (later[0] - earlier[0]) * 12 + later[1] - earlier[1] - (later[2:] < earlier[2:])
    return YearsMonths(months if earlier == _calendar(start) else -months)


def _calendar(value: date) -> tuple[int, int, int, time]:
    clock = value.time() if isinstance(value, datetime) else time()
    return value.year, value.month, value.day, clock
