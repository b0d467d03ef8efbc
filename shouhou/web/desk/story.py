"""The story of a case (经过): everything its page says, in few statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shouhou.cases.models import Case
from shouhou.core import policy
from shouhou.core.models import Attachment, Event
from shouhou.customers.cover import cover_of
from shouhou.flows import queries as flows
from shouhou.web.desk.acts import ACTS, BY_FORM, Act, ActForm
from shouhou.web.desk.sentences import Sentence, sentence
from shouhou.web.requests import PersonRequest
from shouhou.work.models import Offer, Visit

# What may be done beside the main line, while a case is open and when it is over.
BESIDE_OPEN = ("contact", "note", "correct", "hand_over_case", "merge", "customer", "withdraw")
BESIDE_OVER = ("note", "reopen")
BESIDE_VISIT = ("leave", "arrive", "offer", "request_time", "hand_over", "cancel_visit")


@dataclass(frozen=True, slots=True)
class Next:
    """One thing that waits on a case: the step, who owes it, and its form when it is the reader's."""

    name: str
    since: datetime | None
    owners: str
    act: Act | None
    mine: bool


def tell(case: Case, request: PersonRequest) -> dict[str, Any]:
    """The context of a case's page."""
    position = flows.position(case.pk)
    visits = list(
        Visit.objects.filter(case=case)
        .select_related("technician", "vehicle")
        .prefetch_related("promises", "crew__person")
        .order_by("-number")
    )
    ahead = next(
        (visit for visit in visits if visit.state in (Visit.State.BOOKED, Visit.State.UNDER_WAY)), None
    )
    waiting = [_next(item, request) for item in position.waiting]
    zone = ZoneInfo(case.organisation.time_zone)
    return {
        "case": case,
        "position": position,
        "steps": position.steps,
        "waiting": waiting,
        "form": _first_form(waiting, case, request),
        "visits": visits,
        "ahead": ahead,
        "promise": ahead.promises.all()[len(ahead.promises.all()) - 1] if ahead else None,
        "offer": _open_offer(ahead),
        "cover": cover_of(case.installed, case.reported_at.astimezone(zone).date()),
        "beside": [act for act in _beside(case, ahead) if policy.can(request.actor, act.verb)],
        "events": told(case),
        "files": list(
            Attachment.objects.filter(organisation=case.organisation, root_id=case.pk).select_related("file")
        ),
    }


def _next(item: flows.Waiting, request: PersonRequest) -> Next:
    form = BY_FORM.get(item.form) if item.form else None
    mine = request.actor.has(*item.roles) and form is not None and policy.can(request.actor, form.act.verb)
    return Next(item.name, item.since, item.owners, form.act if form else None, mine)


def _first_form(waiting: list[Next], case: Case, request: PersonRequest) -> ActForm | None:
    """The form of the first step that is the reader's: it stands open on the page."""
    for item in waiting:
        if item.mine and item.act is not None:
            return BY_FORM[item.act.key](case=case, actor=request.actor, now=request.now)
    return None


def _open_offer(ahead: Visit | None) -> Offer | None:
    return ahead.offers.filter(state=Offer.State.OPEN).prefetch_related("slots").first() if ahead else None


def _beside(case: Case, ahead: Visit | None) -> list[Act]:
    if case.state != Case.State.OPEN:
        return [ACTS[key] for key in BESIDE_OVER]
    keys = (*(BESIDE_VISIT if ahead else ()), *BESIDE_OPEN)
    return [ACTS[key] for key in keys]


def told(case: Case, most: int = 200) -> list[tuple[Event, Sentence]]:
    """What happened, newest first, each event as a sentence people say."""
    rows = Event.objects.filter(root_id=case.pk).order_by("-number")[:most]
    return [(event, found) for event in rows if (found := sentence(event)) is not None]
