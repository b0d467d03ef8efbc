"""Visits: booked, on the way, at the door, done; other times offered, and the customer's answer."""

from typing import Any
from uuid import UUID

from ninja import Router
from ninja.responses import Status

from shouhou.core.policy import scope
from shouhou.web.api import shown
from shouhou.web.api.face import PROBLEMS, ApiRequest, Key, by_key, opens
from shouhou.web.api.schemas import (
    AnswerIn,
    AnswerOut,
    ArrivalIn,
    DepartureIn,
    OfferIn,
    OfferOut,
    ResultIn,
    VisitIn,
    VisitOut,
)
from shouhou.work import services as work
from shouhou.work.models import Visit

router = Router(tags=["visits"])


@router.post(
    "/cases/{uuid:case_id}/visits", response={201: VisitOut, **PROBLEMS}, summary="Book people and time"
)
@opens("work.book_visit")
def book(request: ApiRequest, case_id: UUID, sent: VisitIn, key: Key) -> Status[dict[str, Any]]:
    """The window becomes our first promise; nobody is ever in two places."""
    visit = work.book_visit(case_id, **sent.model_dump(), **by_key(request, key))
    return Status(201, _shown(request, visit))


@router.post(
    "/visits/{uuid:visit_id}/departure", response={200: VisitOut, **PROBLEMS}, summary="Start: set out"
)
@opens("work.leave_for_visit")
def leave(request: ApiRequest, visit_id: UUID, sent: DepartureIn, key: Key) -> dict[str, Any]:
    """The technician sets out; without a moment it is now."""
    return _shown(request, work.leave_for_visit(visit_id, **sent.model_dump(), **by_key(request, key)))


@router.post(
    "/visits/{uuid:visit_id}/arrival", response={200: VisitOut, **PROBLEMS}, summary="Start: at the door"
)
@opens("work.arrive_at_visit")
def arrive(request: ApiRequest, visit_id: UUID, sent: ArrivalIn, key: Key) -> dict[str, Any]:
    """The technician is at the door: the arrival clock stops."""
    return _shown(request, work.arrive_at_visit(visit_id, **sent.model_dump(), **by_key(request, key)))


@router.post(
    "/visits/{uuid:visit_id}/result", response={200: VisitOut, **PROBLEMS}, summary="Done, with result"
)
@opens("work.finish_visit")
def finish(request: ApiRequest, visit_id: UUID, sent: ResultIn, key: Key) -> dict[str, Any]:
    """The result and the note. Where the drawing demands proofs, a 409 says which are missing."""
    entered = sent.model_dump() | {"result": sent.result.value}
    return _shown(request, work.finish_visit(visit_id, **entered, **by_key(request, key)))


@router.post(
    "/visits/{uuid:visit_id}/offers", response={201: OfferOut, **PROBLEMS}, summary="Offer other times"
)
@opens("work.offer_times")
def offer(request: ApiRequest, visit_id: UUID, sent: OfferIn, key: Key) -> Status[dict[str, Any]]:
    """Each time is held for the customer until the offer lapses; the promise stays until they agree."""
    given = work.offer_times(
        visit_id,
        times=[work.Time(**time.model_dump()) for time in sent.times],
        asked_by=sent.asked_by.value,
        reason=sent.reason,
        apology=sent.apology,
        expires_at=sent.expires_at,
        **by_key(request, key),
    )
    return Status(201, shown.offer(given))


@router.post(
    "/offers/{uuid:offer_id}/answers", response={201: AnswerOut, **PROBLEMS}, summary="Pass an answer on"
)
@opens("work.answer_offer")
def answer(request: ApiRequest, offer_id: UUID, sent: AnswerIn, key: Key) -> Status[dict[str, Any]]:
    """What the customer said on the phone or at the door. It is kept whatever became of the time."""
    entered = sent.model_dump() | {"said": sent.said.value}
    given = work.answer_offer(offer_id, **entered, **by_key(request, key))
    names = ("id", "offer_id", "said", "took_effect")
    return Status(201, {name: getattr(given, name) for name in names})


def _shown(request: ApiRequest, visit: Visit) -> dict[str, Any]:
    """The visit as it stands now: a repeated command's answer is not an old one."""
    return shown.visit(scope(request.auth, Visit).prefetch_related("promises").get(pk=visit.pk))
