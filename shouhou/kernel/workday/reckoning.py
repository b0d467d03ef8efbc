"""Reckoning in working days and working time."""

from datetime import UTC, datetime, timedelta

from shouhou.kernel.window import Window
from shouhou.kernel.workday.calendar import DAY, Calendar

NOTHING = timedelta()


def is_working(moment: datetime, calendar: Calendar) -> bool:
    """Whether work goes on at this moment."""
    return any(window.contains(moment) for window in calendar.windows_of(calendar.day_of(moment)))


def add_working_days(moment: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time by the wall clock, ``days`` working days later, or earlier when negative (C6).

    From a day off, the next working day counts as the first. 0 days leave a moment where it is, unless
    its day is off: then it moves to the next working day.
    """
    local = moment.astimezone(calendar.zone)
    day = local.date()
    if days == 0 and not calendar.works_on(day):
        days = 1
    for _ in range(abs(days)):
        day = calendar.next_working_day(day, 1 if days > 0 else -1)
    if day == local.date():
        return local
    # Through UTC, so that a time the clocks skip becomes one that exists.
    return calendar.moment(day, local.timetz().replace(tzinfo=None)).astimezone(calendar.zone)


def add_working_time(moment: datetime, stretch: timedelta, calendar: Calendar) -> datetime:
    """When ``stretch`` of working time has passed since ``moment``; what ends at closing time ends then.

    Raises ``ValueError`` for a negative stretch.
    """
    if stretch < NOTHING:
        raise ValueError(f"Working time cannot be negative: {stretch}")
    if not stretch:
        return moment.astimezone(calendar.zone)
    day, left = calendar.day_of(moment), stretch
    while True:
        for window in calendar.windows_of(day):
            start = max(window.start, moment)
            if start < window.end:
                if left <= window.end - start:
                    return (start.astimezone(UTC) + left).astimezone(calendar.zone)
                left -= window.end - start
        day = calendar.next_working_day(day)


def end_of_working_day(moment: datetime, calendar: Calendar) -> datetime:
    """Closing time of the day a moment falls on; of the next working day when that one is off.

    After closing time the answer lies before the moment.
    """
    day = calendar.day_of(moment)
    if not calendar.works_on(day):
        day = calendar.next_working_day(day)
    closes = max(window.end for window in calendar.windows_of(day))
    return closes.astimezone(calendar.zone)


def working_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Working time from ``start`` to ``end``; negative when ``end`` comes first."""
    if end < start:
        return -working_time_between(end, start, calendar)
    if end == start:
        return NOTHING
    asked = Window(start.astimezone(UTC), end.astimezone(UTC))
    day, last, total = calendar.day_of(start), calendar.day_of(end), NOTHING
    while day <= last:
        for window in calendar.windows_of(day):
            if window.overlaps(asked):
                total += min(window.end, asked.end) - max(window.start, asked.start)
        day += DAY
    return total
