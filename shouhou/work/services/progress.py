"""The visit as it happens: left, arrived, done (B7–B11). What happened is always recorded, late or not."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.text import one_line, paragraph
from shouhou.core.use_case import use_case
from shouhou.people import occupancy
from shouhou.work.models import Visit
from shouhou.work.refusals import NotUnderstood, OutOfOrder
from shouhou.work.services.booking import HOLDER, current_promise, drop_offer, must_be_ahead


@use_case("work.leave_for_visit", on=Visit)
def leave_for_visit(visit: Visit, *, left_at: datetime | None = None, actor: Actor, now: datetime) -> Visit:
    """The technician sets out."""
    must_be_ahead(visit)
    visit.state, visit.left_at = Visit.State.UNDER_WAY, _not_ahead(left_at, now)
    visit.save(update_fields=["state", "left_at"])
    record(
        "work.visit_left", visit, actor=actor, now=now, happened_at=visit.left_at, number=visit.case.number
    )
    return visit


@use_case("work.arrive_at_visit", on=Visit)
def arrive_at_visit(
    visit: Visit, *, arrived_at: datetime | None = None, actor: Actor, now: datetime
) -> Visit:
    """The technician is at the door: the arrival clock of C6 stops at the first arrival.

    Raises ``OutOfOrder`` for an arrival before setting out.
    """
    must_be_ahead(visit)
    _arrive(visit, _not_ahead(arrived_at, now), actor, now)
    return visit


def _arrive(visit: Visit, arrived_at: datetime, actor: Actor, now: datetime) -> None:
    if visit.left_at and arrived_at < visit.left_at:
        raise OutOfOrder(what=_("the arrival lies before the departure"))
    visit.state, visit.arrived_at = Visit.State.UNDER_WAY, arrived_at
    visit.save(update_fields=["state", "arrived_at"])
    if visit.case.arrived_at is None:
        visit.case.arrived_at = arrived_at
        visit.case.save(update_fields=["arrived_at"])
    promise = current_promise(visit)
    record(
        "work.visit_arrived",
        visit,
        actor=actor,
        now=now,
        happened_at=arrived_at,
        number=visit.case.number,
        minutes_after_promise=round((arrived_at - promise.ends_at).total_seconds() / 60),
    )


@use_case("work.finish_visit", on=Visit)
def finish_visit(
    visit: Visit,
    *,
    result: str,
    cause: str = "",
    work_done: str = "",
    signed_by: str = "",
    arrived_at: datetime | None = None,
    finished_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Visit:
    """Report what came of a visit (B10, B11). What was not fixed goes on; it is never closed silently (A4).

    Raises ``NotUnderstood`` when the report lacks what its result needs, ``OutOfOrder``.
    """
    must_be_ahead(visit)
    done = paragraph(work_done, "work_done", most=2000)
    if result not in Visit.Result.values:
        raise NotUnderstood(what=_("fixed, not fixed, needs the repair centre, or nobody home"))
    if result != Visit.Result.NOBODY_HOME and not done:
        raise NotUnderstood(what=_("what was found and done"))
    finished = _not_ahead(finished_at, now)
    if visit.arrived_at is None:
        _arrive(visit, _not_ahead(arrived_at or finished, now), actor, now)
    if visit.arrived_at and finished < visit.arrived_at:
        raise OutOfOrder(what=_("the end lies before the arrival"))
    visit.state, visit.finished_at, visit.result = Visit.State.DONE, finished, result
    visit.cause, visit.work_done = one_line(cause, "cause", most=100, least=0), done
    visit.signed_by = one_line(signed_by, "signed_by", most=60, least=0)
    visit.save(update_fields=["state", "finished_at", "result", "cause", "work_done", "signed_by"])
    occupancy.cut(visit.organisation_id, HOLDER, visit.pk, finished)
    drop_offer(visit, _("The visit is done"), actor, now)
    record(
        "work.visit_finished",
        visit,
        actor=actor,
        now=now,
        happened_at=finished,
        number=visit.case.number,
        result=result,
        cause=visit.cause,
        technician=visit.technician_id,
    )
    return visit


def _not_ahead(moment: datetime | None, now: datetime) -> datetime:
    """A moment that was, at the latest now: a phone's clock may be wrong, but nothing happens tomorrow.

    Raises ``OutOfOrder``.
    """
    if moment is not None and moment > now:
        raise OutOfOrder(what=_("a time in the future"))
    return moment or now
