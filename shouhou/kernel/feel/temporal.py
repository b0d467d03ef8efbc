"""Dates, times and durations: reading them, writing them, their properties.

Texts follow ISO 8601 as DMN 1.3 §10.3.2.3 reads it, with ``@Area/City`` for a named zone.
Years run from 1 to 9999 and seconds to the microsecond, as Python keeps them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

FURTHEST_OFFSET = timedelta(hours=14)
SECOND = timedelta(seconds=1)
DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+/-]{1,60})?"
TIME = rf"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d{{1,40}}))?{ZONE}"
DATE_TEXT = re.compile(DATE, re.ASCII)
TIME_TEXT = re.compile(TIME, re.ASCII)
MOMENT_TEXT = re.compile(rf"{DATE}(?:T{TIME})?", re.ASCII)
MONTHS_TEXT = re.compile(r"(?P<sign>-)?P(?=\d)(?:(?P<years>\d{1,9})Y)?(?:(?P<months>\d{1,9})M)?", re.ASCII)
DAYS_TEXT = re.compile(
    r"(?P<sign>-)?P(?=[\dT])(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,12})H)?(?:(?P<minutes>\d{1,12})M)?"
    r"(?:(?P<seconds>\d{1,12})(?:\.(?P<fraction>\d{1,40}))?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration in whole months (years and months duration); it has no length in days."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return f"{'-' if self.months < 0 else ''}P{parts}"


def read_date(text: str) -> date | None:
    """Read ``2026-01-31``; None for a day that does not exist."""
    match = DATE_TEXT.fullmatch(text)
    return _date(match) if match else None


def read_time(text: str) -> time | None:
    """Read ``14:30:00``, with ``Z``, an offset or ``@Area/City`` if it has one."""
    match = TIME_TEXT.fullmatch(text.removeprefix("T"))
    return _time(match) if match else None


def read_moment(text: str) -> datetime | None:
    """Read ``2026-01-31T14:30:00+08:00``; a date alone is its midnight."""
    match = MOMENT_TEXT.fullmatch(text)
    day = _date(match) if match else None
    if match is None or day is None:
        return None
    clock = _time(match) if match["hour"] else time()
    return None if clock is None else datetime.combine(day, clock)


def read_duration(text: str) -> timedelta | YearsMonths | None:
    """Read ``P1DT2H`` or ``P1Y2M``; the two kinds do not mix."""
    if match := MONTHS_TEXT.fullmatch(text):
        months = 12 * int(match["years"] or 0) + int(match["months"] or 0)
        return YearsMonths(-months if match["sign"] else months)
    match = DAYS_TEXT.fullmatch(text)
    if not match:
        return None
    try:
        length = timedelta(
            days=int(match["days"] or 0),
            hours=int(match["hours"] or 0),
            minutes=int(match["minutes"] or 0),
            seconds=int(match["seconds"] or 0),
            microseconds=_microseconds(match["fraction"]),
        )
        return -length if match["sign"] else length
    except OverflowError:
        return None


def read(text: str) -> date | time | datetime | timedelta | YearsMonths | None:
    """Read what an at-literal may hold, whichever it is."""
    for reader in (read_date, read_moment, read_time, read_duration):
        value = reader(text)
        if value is not None:
            return value
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _time(match: re.Match[str]) -> time | None:
    zone = read_zone(match["zone"]) if match["zone"] else None
    if match["zone"] and zone is None:
        return None
    try:
        second, fraction = int(match["second"]), _microseconds(match["fraction"])
        return time(int(match["hour"]), int(match["minute"]), second, fraction, zone)
    except ValueError:
        return None


def _microseconds(fraction: str | None) -> int:
    return int(fraction[:6].ljust(6, "0")) if fraction else 0


@lru_cache(maxsize=512)
def read_zone(text: str) -> tzinfo | None:
    """Read ``Z``, ``+08:00`` or ``@Asia/Shanghai``; None when there is no such zone."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        # The zone table answers an unknown or odd key in several ways, one of them a directory.
        except (ValueError, OSError, LookupError):
            return None
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    if minutes > 59 or offset > FURTHEST_OFFSET:
        return None
    return fixed_zone(-offset if text[0] == "-" else offset)


def fixed_zone(offset: timedelta) -> tzinfo:
    """Return the zone of a fixed offset; +00:00 and Z are one."""
    return timezone(offset) if offset else UTC


def write(value: date | time | timedelta | YearsMonths) -> str:
    """Write the value as the text that reads back as the same value."""
    if isinstance(value, YearsMonths):
        return str(value)
    if isinstance(value, timedelta):
        return _write_duration(value)
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{_write_clock(value.timetz())}{write_zone(value.tzinfo)}"
    if isinstance(value, time):
        return f"{_write_clock(value)}{write_zone(value.tzinfo)}"
    return value.isoformat()


def write_zone(zone: tzinfo | None) -> str:
    """Write ``Z``, ``+08:00`` or ``@Asia/Shanghai``; nothing for a local time."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    offset = zone.utcoffset(None) or timedelta()
    if not offset:
        return "Z"
    minutes, seconds = divmod(abs(offset) // SECOND, 60)
    text = f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _write_clock(clock: time) -> str:
    text = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
    return f"{text}.{clock.microsecond:06}".rstrip("0") if clock.microsecond else text


def _write_duration(length: timedelta) -> str:
    if not length:
        return "PT0S"
    size = abs(length)
    minutes, seconds = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{size.microseconds:06}".rstrip("0") if size.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    days = f"{size.days}D" if size.days else ""
    return f"{'-' if length < timedelta() else ''}P{days}{'T' + clock if clock else ''}"


def _offset(value: datetime | time) -> timedelta | None:
    return value.utcoffset()


def _zone_name(value: datetime | time) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _sign(length: timedelta) -> int:
    return -1 if length < timedelta() else 1


Reader = Callable[..., object]
_DAY: Mapping[str, Reader] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(day.isoweekday()),
}
_CLOCK: Mapping[str, Reader] = {
    "hour": lambda clock: Decimal(clock.hour),
    "minute": lambda clock: Decimal(clock.minute),
    "second": lambda clock: Decimal(clock.second),
    "time offset": _offset,
    "timezone": _zone_name,
}
# Each part of a negative duration is negative: duration("-P1DT2H").hours = -2.
_LENGTH: Mapping[str, Reader] = {
    "days": lambda length: Decimal(_sign(length) * abs(length).days),
    "hours": lambda length: Decimal(_sign(length) * (abs(length).seconds // 3600)),
    "minutes": lambda length: Decimal(_sign(length) * (abs(length).seconds // 60 % 60)),
    "seconds": lambda length: Decimal(_sign(length) * (abs(length).seconds % 60)),
}
_MONTHS: Mapping[str, Reader] = {
    "years": lambda length: Decimal(abs(length.months) // 12 * (-1 if length.months < 0 else 1)),
    "months": lambda length: Decimal(abs(length.months) % 12 * (-1 if length.months < 0 else 1)),
}
PROPERTIES: Mapping[type, Mapping[str, Reader]] = {
    date: _DAY,
    time: _CLOCK,
    datetime: {**_DAY, **_CLOCK},
    timedelta: _LENGTH,
    YearsMonths: _MONTHS,
}
