"""The visits of a case, with every promise made and the consent each moved one rests on."""

from dataclasses import dataclass

from django.db.models import Prefetch

from shouhou.cases.models import Case
from shouhou.core.policy import scope
from shouhou.kernel.window import Window
from shouhou.web.requests import PersonRequest
from shouhou.work.models import CrewMember, Offer, Promise, Slot, Visit

AHEAD = (Visit.State.BOOKED, Visit.State.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Going:
    """What stands of the visits: all of them, the one ahead, its promise, the question that waits.

    ``slots`` are the times asked about, earliest first.
    """

    visits: list[Visit]
    ahead: Visit | None
    promise: Window | None
    offer: Offer | None
    slots: list[Window]


def going_of(case: Case, request: PersonRequest) -> Going:
    """The visits of a case: three statements, none beyond the first where nobody went; one more for a question."""
    promises = Prefetch(
        "promises",
        Promise.objects.select_related("consent__offer", "consent__taken_by").order_by("number"),
    )
    rows = scope(request.actor, Visit).filter(case=case).select_related("technician", "vehicle").distinct()
    crew = Prefetch("crew", CrewMember.objects.select_related("person"))
    visits = list(rows.prefetch_related(promises, crew).order_by("-number"))
    ahead = next((visit for visit in visits if visit.state in AHEAD), None)
    slots = _asked(ahead)
    return Going(
        visits,
        ahead,
        _window(ahead.promises.all()[len(ahead.promises.all()) - 1]) if ahead else None,
        slots[0].offer if slots else None,
        [_window(slot) for slot in slots],
    )


def _asked(ahead: Visit | None) -> list[Slot]:
    """The times the customer has not answered yet."""
    if ahead is None:
        return []
    rows = Slot.objects.filter(offer__visit=ahead, offer__state=Offer.State.OPEN)
    return list(rows.select_related("offer").order_by("starts_at"))


def _window(stretch: Promise | Slot) -> Window:
    return Window(stretch.starts_at, stretch.ends_at)
