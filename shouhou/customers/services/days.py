"""The days of a piece: in order, not in the future, not by a slip of the year."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouhou.core.refusals import Unfit
from shouhou.kernel.months import months_after

# In the order in which they happen.
NAMES = {
    "bought_on": gettext_lazy("the purchase"),
    "installed_on": gettext_lazy("the installation"),
    "accepted_on": gettext_lazy("the acceptance"),
    "warranty_until": gettext_lazy("the end of the warranty"),
}
PAST = ("bought_on", "installed_on", "accepted_on")
EARLIEST = date(1980, 1, 1)
LONGEST_WARRANTY = 12 * 50

Days = Mapping[str, date | None]


def must_be_in_order(days: Days, today: date) -> None:
    """Check ``bought_on``, ``installed_on``, ``accepted_on`` and ``warranty_until`` against each other.

    Raises ``Unfit`` with a sentence for each day that cannot be.
    """
    problems = dict(_out_of_order(days)) | dict(_out_of_time(days, today))
    if problems:
        raise Unfit(problems)


def _out_of_time(days: Days, today: date) -> Iterator[tuple[str, str]]:
    for field in PAST:
        day = days.get(field)
        if day is not None and day > today:
            yield (
                field,
                _("{day} lies in the future. Enter the day it happened, or leave it empty.").format(day=day),
            )
        elif day is not None and day < EARLIEST:
            yield field, _("{day} is very long ago. Please check the year.").format(day=day)
    until = days.get("warranty_until")
    if until is not None and not EARLIEST <= until <= months_after(today, LONGEST_WARRANTY):
        yield "warranty_until", _("{day} cannot be right. Please check the year.").format(day=until)


def _out_of_order(days: Days) -> Iterator[tuple[str, str]]:
    known = [(field, day) for field in NAMES if (day := days.get(field)) is not None]
    for (earlier, before), (later, after) in pairwise(known):
        if after < before:
            sentence = _("{later} ({after}) cannot lie before {earlier} ({before}). Correct one of them.")
            yield (
                later,
                sentence.format(later=NAMES[later], after=after, earlier=NAMES[earlier], before=before),
            )
