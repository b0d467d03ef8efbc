"""What a timer's rule comes to on the organisation's calendar."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from shouhou.core.calendar import calendar_of
from shouhou.kernel import bpmn
from shouhou.kernel.bpmn.timing import Rule, add_months
from shouhou.kernel.workday import Calendar, add_working_days, add_working_time


class Moments:
    """Resolves the timer rules of one step, and remembers from which moment each was counted."""

    def __init__(self, organisation_id: UUID, now: datetime) -> None:
        self._calendar, self._now = partial(calendar_of, organisation_id), now
        self._counted: dict[tuple[str, datetime], datetime] = {}

    def __call__(self, rule: Rule, since: datetime) -> datetime:
        """The instant a rule is due, counted from ``since``."""
        due = resolve(rule, since, self._calendar)
        self._counted[rule.text, due] = since
        return due

    def armed_at(self, timer: bpmn.Timer) -> datetime:
        """The moment a timer's rule was counted from."""
        return self._counted.get((timer.rule, timer.due), self._now)


def resolve(rule: Rule, since: datetime, calendar: Callable[[], Calendar]) -> datetime:
    """The instant of a rule: dates as they are, months and hours by the clock, working days by the calendar.

    The calendar is read only when the rule needs it. Raises ``ValueError`` for a rule without a length.
    """
    if rule.at is not None:
        return rule.at if rule.at.tzinfo else rule.at.replace(tzinfo=calendar().zone)
    stretch = rule.stretch
    if stretch is None:
        raise ValueError(f"A rule without date or length: {rule.text!r}")
    due = since
    if stretch.months:
        due = add_months(due.astimezone(calendar().zone), stretch.months)
    due = due.astimezone(UTC) + stretch.wall
    if stretch.working_days:
        due = add_working_days(due, stretch.working_days, calendar())
    return add_working_time(due, stretch.working, calendar()) if stretch.working else due
