"""When a timer is due: dates, durations and cycles, on the wall clock or in working time.

A rule is read from ISO 8601 (``2026-11-24T14:00:00+08:00``, ``PT4H``, ``P1M``,
``R3/PT10M``) or from plain words (``1 个工作日``, ``4 working hours``,
``30 分钟``, ``R3/1 个工作日``). What working time means in instants is the
caller's calendar: the stepper hands over the rule and gets an instant.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from shouhou.kernel.feel import to_json


@dataclass(frozen=True, slots=True)
class Stretch:
    """A length of time: months and wall time by the clock; working days and working time by the calendar."""

    months: int = 0
    wall: timedelta = timedelta()
    working_days: int = 0
    working: timedelta = timedelta()

    @property
    def needs_calendar(self) -> bool:
        """Whether the wall clock alone cannot tell the instant."""
        return bool(self.working_days or self.working)


@dataclass(frozen=True, slots=True)
class Rule:
    """A timer's rule. ``kind`` is ``date duration cycle``; ``times`` is how often it fires
    (``None``: without end).
    """

    kind: str
    text: str
    at: datetime | None = None
    stretch: Stretch | None = None
    times: int | None = 1


Due = Callable[[Rule, datetime], datetime]
"""Resolves a rule from a moment on to the instant it is due."""

_ISO = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_WORDS = re.compile(
    r"(?P<count>\d{1,6}|[一二两三四五六七八九十])\s*(?:个\s*)?"
    r"(?P<unit>工作日|工作小时|工作分钟|天|日|小时|分钟|周|星期|月"
    r"|working days?|working hours?|working minutes?|business days?|business hours?"
    r"|days?|hours?|minutes?|weeks?|months?)",
    re.IGNORECASE,
)
_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_UNITS: dict[str, Callable[[int], Stretch]] = {
    "工作日": lambda n: Stretch(working_days=n),
    "工作小时": lambda n: Stretch(working=timedelta(hours=n)),
    "工作分钟": lambda n: Stretch(working=timedelta(minutes=n)),
    "天": lambda n: Stretch(wall=timedelta(days=n)),
    "小时": lambda n: Stretch(wall=timedelta(hours=n)),
    "分钟": lambda n: Stretch(wall=timedelta(minutes=n)),
    "周": lambda n: Stretch(wall=timedelta(weeks=n)),
    "月": lambda n: Stretch(months=n),
}
_SAME_UNIT = {
    "日": "天",
    "星期": "周",
    "working day": "工作日",
    "business day": "工作日",
    "working hour": "工作小时",
    "business hour": "工作小时",
    "working minute": "工作分钟",
    "day": "天",
    "hour": "小时",
    "minute": "分钟",
    "week": "周",
    "month": "月",
}
_MOST_YEARS = 1_000
_MOST_TIMES = 1_000_000


def read(kind: str, text: str) -> Rule | None:
    """The rule a text states, or ``None`` when it states none of that kind."""
    return _READERS[kind](text.strip())


def of_value(kind: str, value: object) -> Rule | None:
    """The rule an expression's value states: a text, a date, a duration."""
    if isinstance(value, datetime):
        return Rule("date", value.isoformat(), at=value) if kind == "date" else None
    if isinstance(value, date):
        moment = datetime.combine(value, time())
        return Rule("date", value.isoformat(), at=moment) if kind == "date" else None
    if isinstance(value, timedelta):
        stretch = Stretch(wall=value)
        return (
            Rule("duration", f"PT{value.total_seconds():.0f}S", stretch=stretch)
            if kind == "duration"
            else None
        )
    written = to_json(value)
    return read(kind, written) if isinstance(written, str) else None


def wall_due(rule: Rule, since: datetime) -> datetime:
    """The instant by the wall clock alone: a working day counts as a day, for stores without a calendar."""
    if rule.at is not None:
        return rule.at if rule.at.tzinfo or not since.tzinfo else rule.at.replace(tzinfo=since.tzinfo)
    stretch = rule.stretch or Stretch()
    later = add_months(since, stretch.months)
    return later + stretch.wall + timedelta(days=stretch.working_days) + stretch.working


def add_months(moment: datetime, months: int) -> datetime:
    """The same time so many months later, clamped to the month's end."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _read_date(text: str) -> Rule | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Rule("date", text, at=moment)


def _read_duration(text: str) -> Rule | None:
    stretch = _stretch(text)
    return Rule("duration", text, stretch=stretch) if stretch else None


def _read_cycle(text: str) -> Rule | None:
    """``R3/PT10M``, ``R/2026-12-01T08:00:00+08:00/P1D``; the words after ``R…/`` may be working time."""
    repeat, *rest = (part.strip() for part in text.split("/"))
    count = re.fullmatch(r"R(\d{0,7})", repeat)
    if not count or not 1 <= len(rest) <= 2 or not (stretch := _stretch(rest[-1])):
        return None
    start = _read_date(rest[0]) if len(rest) == 2 else None
    times = int(count[1]) if count[1] else None
    if (len(rest) == 2 and start is None) or not (times is None or 1 <= times <= _MOST_TIMES):
        return None
    return Rule("cycle", text, at=start.at if start else None, stretch=stretch, times=times)


_READERS: dict[str, Callable[[str], Rule | None]] = {
    "date": _read_date,
    "duration": _read_duration,
    "cycle": _read_cycle,
}


def _stretch(text: str) -> Stretch | None:
    if match := _ISO.fullmatch(text):
        parts = {unit: Decimal(number) for unit, number in match.groupdict().items() if number}
        return _from_iso(parts) if parts and not text.endswith("T") else None
    if match := _WORDS.fullmatch(text):
        count, unit = match["count"], match["unit"].lower()
        singular = unit.removesuffix("s")
        return _UNITS[_SAME_UNIT.get(singular, unit)](_COUNTS.get(count) or int(count))
    return None


def _from_iso(parts: dict[str, Decimal]) -> Stretch | None:
    months = int(parts.pop("years", Decimal()) * 12 + parts.pop("months", Decimal()))
    if months > _MOST_YEARS * 12 or any(number > 10_000_000 for number in parts.values()):
        return None
    return Stretch(months=months, wall=timedelta(**{unit: float(number) for unit, number in parts.items()}))
