"""The organisation's working calendar (工作日历): the week's hours, holidays and make-up days (调休).

The days stand in a table of our own, seeded from what the State Council published. A year that is not
published yet is shown as such: until then only the week counts there, and nothing is guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouhou.core import policies
from shouhou.core.models import CalendarDay, Organisation
from shouhou.core.recall import forget, recall
from shouhou.kernel.workday import Calendar, Hours


@dataclass(frozen=True, slots=True)
class Day:
    """A day that differs from the week, as it was published."""

    day: date
    is_working: bool
    name: str


def calendar_of(organisation_id: UUID) -> Calendar:
    """The organisation's calendar as a value, read once in a command or request."""
    return recall(("calendar", organisation_id), lambda: _read(organisation_id))


def _read(organisation_id: UUID) -> Calendar:
    zone = Organisation.objects.values_list("time_zone", flat=True).get(pk=organisation_id)
    hours = parse_hours(policies.value(organisation_id, "core.working_hours"))
    worked = parse_weekdays(policies.value(organisation_id, "core.working_weekdays"))
    rows = CalendarDay.objects.filter(organisation_id=organisation_id).values_list("day", "is_working")
    week = tuple(hours if number in worked else () for number in range(1, 8))
    return Calendar(ZoneInfo(zone), week, dict(rows))


def changed(organisation_id: UUID) -> None:
    """The calendar is to be read afresh."""
    forget(("calendar", organisation_id))


def published_until(organisation_id: UUID) -> date | None:
    """The last day whose holidays are known; ``None`` when none were entered."""
    year = policies.value(organisation_id, "core.calendar_until")
    return date(year, 12, 31) if year else None


def is_published(organisation_id: UUID, moment: datetime) -> bool:
    """Whether a deadline lies where holidays are known; else it is shown as "year not yet published"."""
    until = published_until(organisation_id)
    return until is not None and calendar_of(organisation_id).day_of(moment) <= until


# — what was published —


def last_published_year() -> int:
    """The last year whose arrangement of days off this version knows."""
    # The library goes on computing lunar dates for ever; make-up days it knows only for these years.
    return int(max(_library().ChinaStaticHolidays.special_public_holidays))


def _library() -> Any:
    """The library's part on China, without types; it loads every country there is, so only on demand."""
    from holidays.countries import china

    return china


def published_days(year: int) -> Iterator[Day]:
    """The holidays and make-up days of a year, from the State Council's notices.

    Raises ``ValueError`` for a year that is not published.
    """
    if year > last_published_year():
        raise ValueError(f"The holidays of {year} are not published yet")
    # The notice for the next year's New Year may move days of this December.
    years = [year, year + 1] if year < last_published_year() else [year]
    known = _library().China(years=years, language="zh_CN")
    for day, name in known.items():
        if day.year == year:
            yield Day(day, False, name[:60])
    for day in known.weekend_workdays:
        if day.year == year and day not in known:
            yield Day(day, True, "调休上班")


# — what people write —


def parse_hours(text: str) -> Hours:
    """Read ``08:30-12:00 13:30-17:30``.

    Raises ``ValueError`` with an example.
    """
    try:
        stretches = [part.partition("-") for part in text.replace("–", "-").replace("，", " ").split()]
        hours = tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, _dash, end in stretches)
        Calendar(ZoneInfo("UTC"), (hours,) * 7)
    except ValueError:
        raise ValueError(_("Write the hours in order, such as 08:30-12:00 13:30-17:30.")) from None
    return hours


def parse_weekdays(text: str) -> frozenset[int]:
    """Read ``12345``.

    Raises ``ValueError`` with an example.
    """
    if not text or set(text) - set("1234567"):
        raise ValueError(_("Write the weekdays as digits, such as 12345 for Monday to Friday."))
    return frozenset(map(int, text))


policies.declare(
    "core.working_hours",
    "str",
    default="09:00-18:00",
    label=gettext_lazy("Working hours"),
    help=gettext_lazy("One or more stretches, such as 08:30-12:00 13:30-17:30."),
    check=parse_hours,
)
policies.declare(
    "core.working_weekdays",
    "str",
    default="12345",
    label=gettext_lazy("Working weekdays"),
    help=gettext_lazy("The days of the week that are worked, as digits: Monday is 1, Sunday is 7."),
    most=7,
    check=parse_weekdays,
)
policies.declare(
    "core.calendar_until",
    "int",
    default=0,
    least=0,
    most=2100,
    label=gettext_lazy("Holidays are entered up to the end of the year"),
    help=gettext_lazy("Later deadlines are marked: their holidays are not published yet."),
)
