"""Warranty cover (保修期): whether a piece is in warranty on a day, until when, and on what grounds.

The term counts from acceptance, else from installation, else from purchase (C5); a date written
down for the piece itself goes before any counting. Its last day is the corresponding day, clamped to
the month's end, and is still covered (民法典 art. 201, 202). Without a date the answer is "not known".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shouhou.kernel.months import months_after

Ground = tuple[str, Mapping[str, date | int]]

# Codes of grounds; the words for them stand with the room that shows them.
STATED = "stated"
ACCEPTED = "accepted"
INSTALLED = "installed"
BOUGHT = "bought"
NOT_GIVEN = "not_given"
NOT_YET = "not_yet"
NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Life:
    """The days of one piece that warranty may count from; ``None`` is not known."""

    bought_on: date | None = None
    installed_on: date | None = None
    accepted_on: date | None = None

    def starts(self) -> Iterator[tuple[str, date]]:
        """The known days, the strongest ground first."""
        for code, day in (
            (ACCEPTED, self.accepted_on),
            (INSTALLED, self.installed_on),
            (BOUGHT, self.bought_on),
        ):
            if day is not None:
                yield code, day


@dataclass(frozen=True, slots=True)
class Cover:
    """The answer of one day. ``days_left`` is 0 on the last covered day and negative after it."""

    in_warranty: bool | None
    until: date | None
    days_left: int | None
    grounds: tuple[Ground, ...]


def cover(life: Life, warranty_months: int | None, until: date | None, on: date) -> Cover:
    """The warranty cover of a piece on the day ``on``.

    ``until`` is a last day stated for this piece; ``warranty_months`` is the term of its model, where
    0 means that none is given and ``None`` that nobody said.
    """
    if until is not None:
        return _ending(until, on, (STATED, {"until": until}))
    if warranty_months == 0:
        return Cover(False, None, None, ((NOT_GIVEN, {}),))
    # A day still to come grounds nothing: the report is judged by what had happened when it was made.
    ahead = tuple((NOT_YET, {"on": day}) for _, day in life.starts() if day > on)
    start = next(((code, day) for code, day in life.starts() if day <= on), None)
    if start is None or warranty_months is None:
        return Cover(None, None, None, (*ahead, (NO_DATE, {})))
    code, day = start
    ground: Ground = (code, {"on": day, "months": warranty_months})
    return _ending(months_after(day, warranty_months), on, *ahead, ground)


def _ending(until: date, on: date, *grounds: Ground) -> Cover:
    left = (until - on).days
    return Cover(left >= 0, until, left, grounds)
