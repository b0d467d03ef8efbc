"""A working calendar as a value: the week's hours, and the days that differ from the week."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from shouhou.kernel.window import Window

Hours = tuple[tuple[time, time], ...]
DAY = timedelta(days=1)
# A calendar closed for longer than this is a mistake in the calendar, not a long holiday.
LONGEST_CLOSURE = 400


@dataclass(frozen=True)
class Calendar:
    """The week from Monday to Sunday, and the days that differ from it.

    ``week`` holds seven tuples of (start, end) by the wall clock of ``zone``, in order; an end of 00:00 is
    midnight at the end of the day. ``days`` says of single days whether they are worked. A worked day whose
    weekday has no hours (a make-up Saturday, 调休) has those of the first weekday that has some.

    Raises ``ValueError`` when the hours overlap, run backwards, or there are none at all.
    """

    zone: tzinfo
    week: tuple[Hours, ...]
    days: Mapping[date, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(f"A week has seven days, not {len(self.week)}")
        if not any(self.week):
            raise ValueError("A calendar needs working hours on at least one weekday")
        for hours in self.week:
            _check(hours)

    def works_on(self, day: date) -> bool:
        """Whether a day is worked at all."""
        known = self.days.get(day)
        return bool(self.week[day.weekday()]) if known is None else known

    def hours_of(self, day: date) -> Hours:
        """A day's hours by the wall clock; empty on a day off."""
        if not self.works_on(day):
            return ()
        return self.week[day.weekday()] or next(hours for hours in self.week if hours)

    def windows_of(self, day: date) -> Iterator[Window]:
        """A day's working stretches, in UTC, where lengths are true even when the clocks change."""
        for start, end in self.hours_of(day):
            opens, closes = self.moment(day, start), self.moment(day if end > time.min else day + DAY, end)
            if closes > opens:
                yield Window(opens, closes)

    def moment(self, day: date, at: time) -> datetime:
        """When the wall clock shows ``at`` on ``day``, in UTC."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The day a moment falls on, here."""
        return moment.astimezone(self.zone).date()

    def next_working_day(self, day: date, step: int = 1) -> date:
        """The first working day after ``day``, or before it with ``step=-1``.

        Raises ``ValueError`` when the calendar is closed for more than a year.
        """
        for _ in range(LONGEST_CLOSURE):
            day += step * DAY
            if self.works_on(day):
                return day
        raise ValueError(f"No working day within {LONGEST_CLOSURE} days of {day}")


def weekdays(*bounds: time, worked: str = "12345") -> tuple[Hours, ...]:
    """A week with the same hours on each worked weekday: ``weekdays(time(9), time(18))``.

    ``bounds`` are starts and ends in turn; ``worked`` names weekdays as digits, Monday = 1.
    """
    hours = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    return tuple(hours if str(number) in worked else () for number in range(1, 8))


def _check(hours: Hours) -> None:
    before = time.min
    for number, (start, end) in enumerate(hours):
        if end not in (time.min,) and end <= start:
            raise ValueError(f"Working hours must end after they start: {start:%H:%M}–{end:%H:%M}")
        if number and (start < before or before == time.min):
            raise ValueError(f"Working hours must not overlap: {start:%H:%M}")
        before = end
