"""Time, money and phone numbers as people say them (人话).

「今天 14:00–15:00 · 还有 40 分钟」, not an ISO string. Pure functions: the moment comes in, the language is
the one of the moment. The same spans are said by ``frontend/src/parts/spans.ts``, which keeps an open page's
clocks running; ``frontend/src/parts/spans.json`` holds both to one table.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shouhou.core import phones

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

# From here on a clock is shown as running out: the last quarter, or the last hour of a clock without a start.
LAST_QUARTER = 0.75
MINOR_UNITS = {"JPY": 0, "KRW": 0}
SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "HKD": "HK$", "JPY": "JP¥", "GBP": "£"}


class Stretch(Protocol):
    """A stretch of time: from ``start`` up to ``end``."""

    @property
    def start(self) -> datetime: ...

    @property
    def end(self) -> datetime: ...


def day(of: date, today: date) -> str:
    """「今天」「明天」, else the date with its weekday; the year only when it is another."""
    near = {
        -1: _("yesterday"),
        0: _("today"),
        1: _("tomorrow"),
    }.get((of - today).days)
    if near:
        return near
    parts = {"weekday": weekday(of), "day": of.day, "month": month(of), "year": of.year}
    if of.year == today.year:
        return pgettext("a date", "{weekday} {day} {month}").format(**parts)
    return pgettext("a date", "{weekday} {day} {month} {year}").format(**parts)


def weekday(of: date) -> str:
    """The short name of the weekday."""
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )[of.weekday()]


def month(of: date) -> str:
    """The short name of the month; Chinese counts them."""
    return (
        pgettext("month", "Jan"),
        pgettext("month", "Feb"),
        pgettext("month", "Mar"),
        pgettext("month", "Apr"),
        pgettext("month", "May"),
        pgettext("month", "Jun"),
        pgettext("month", "Jul"),
        pgettext("month", "Aug"),
        pgettext("month", "Sep"),
        pgettext("month", "Oct"),
        pgettext("month", "Nov"),
        pgettext("month", "Dec"),
    )[of.month - 1]


def clock_time(at: datetime) -> str:
    """Hours and minutes where the reader is."""
    return f"{timezone.localtime(at):%H:%M}"


def exact(at: datetime) -> str:
    """The exact value, for the hover: 2026-11-24 09:12:05 周二."""
    local = timezone.localtime(at)
    return f"{local:%Y-%m-%d %H:%M:%S} {weekday(local)}"


def moment(at: datetime, now: datetime) -> str:
    """A moment seen from ``now``: minutes within the hour, else the day and the time."""
    away = now - at
    minutes = int(abs(away) // MINUTE)
    if minutes == 0:
        return _("just now") if away >= timedelta() else _("in a moment")
    if minutes < 60:
        words = _("{span} ago") if away > timedelta() else _("in {span}")
        return words.format(span=span(abs(away)))
    return f"{day(timezone.localdate(at), timezone.localdate(now))} {clock_time(at)}"


def window(stretch: Stretch, now: datetime) -> str:
    """「今天 14:00–15:00」, or over several days with both of them named."""
    today = timezone.localdate(now)
    first, last = timezone.localdate(stretch.start), timezone.localdate(stretch.end)
    start, end = clock_time(stretch.start), clock_time(stretch.end)
    if first == last:
        return f"{day(first, today)} {start}–{end}"
    if last - first == DAY and end == "00:00":
        return f"{day(first, today)} {start}–24:00"
    return f"{day(first, today)} {start} – {day(last, today)} {end}"


def span(length: timedelta) -> str:
    """A length of time in its two greatest units; from a week on only days."""
    minutes = int(length // MINUTE)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days >= 7 or (days and not hours):
        return _days(days)
    if days:
        return _("{days} {hours} h").format(days=_days(days), hours=hours)
    if hours and rest:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
    if hours:
        return _("{hours} h").format(hours=hours)
    return _("{minutes} min").format(minutes=rest)


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)


@dataclass(frozen=True, slots=True)
class Countdown:
    """A clock as it stands: ``state`` is running, short or over; ``tenths`` of its time are gone."""

    words: str
    state: str
    tenths: int


def countdown(due: datetime, now: datetime, start: datetime | None = None) -> Countdown:
    """How long until ``due``, and whether that is short."""
    left = due - now
    if left < timedelta():
        return Countdown(_("{span} over").format(span=span(-left)), "over", 10)
    gone = (now - start) / (due - start) if start and due > start else None
    short = gone >= LAST_QUARTER if gone is not None else left <= HOUR
    tenths = min(10, max(0, int(gone * 10))) if gone is not None else (8 if short else 2)
    return Countdown(_("{span} left").format(span=span(left)), "short" if short else "running", tenths)


def money(minor: int, currency: str = "CNY") -> tuple[str, str]:
    """The sign of the currency and the amount, from integer minor units (分)."""
    places = MINOR_UNITS.get(currency, 2)
    amount = Decimal(minor).scaleb(-places)
    return SIGNS.get(currency, currency), f"{abs(amount):,.{places}f}"


def mask(phone: str) -> str:
    """A phone number with its middle hidden: 138****5678, 021-****5678."""
    if phone.startswith("+"):
        return phones.masked(phone)
    digits = sum(sign.isdigit() for sign in phone)
    if digits < 7:
        return phone
    kept_first, kept_last, seen, out = digits - 8, digits - 4, 0, []
    for sign in phone:
        if sign.isdigit():
            hidden = kept_first <= seen < kept_last
            seen += 1
            out.append("*" if hidden else sign)
        else:
            out.append(sign)
    return "".join(out)
