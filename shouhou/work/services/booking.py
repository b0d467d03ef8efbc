"""Booking a visit (F3): who goes, with what, when; the promise is told; nobody is in two places."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from shouhou.cases.models import Case
from shouhou.cases.services.triage import must_be_open
from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.refusals import NotFound, Unfit
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case
from shouhou.people import occupancy
from shouhou.people.models import Person, Vehicle
from shouhou.work.models import CrewMember, Offer, Promise, Visit
from shouhou.work.refusals import InThePast, SameTechnician, TooFewSeats, VisitOver, VisitWaiting

HOLDER = "visit"
SLOT = "slot"


@use_case("work.book_visit", on=Case)
def book_visit(
    case: Case,
    *,
    technician_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    plan_minutes: int | None = None,
    vehicle_id: UUID | None = None,
    crew_ids: Sequence[UUID] = (),
    driver_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Visit:
    """Book a visit: the window is told to the customer as our first promise (F3, A3).

    The plan binds crew and vehicle from the window's start, for ``plan_minutes`` or the whole window.

    Raises ``VisitWaiting``, ``InThePast``, ``TooFewSeats``, ``people.Taken``.
    """
    must_be_open(case)
    must_run_forward(starts_at, ends_at)
    if case.visits.filter(state__in=[Visit.State.BOOKED, Visit.State.UNDER_WAY]).exists():
        raise VisitWaiting(number=case.number)
    if ends_at <= now:
        raise InThePast(when=f"{starts_at:%Y-%m-%d %H:%M}")
    visit = Visit(
        organisation_id=case.organisation_id,
        case=case,
        number=case.visits.count() + 1,
        technician_id=technician_id,
        vehicle=_vehicle(vehicle_id, actor, people=len({technician_id, *crew_ids})),
        plan_starts_at=starts_at,
        plan_ends_at=starts_at + timedelta(minutes=plan_minutes) if plan_minutes else ends_at,
        booked_at=now,
        booked_by_id=actor.id if actor.kind is Kind.STAFF else None,
    )
    people = dict.fromkeys([technician_id, *crew_ids])
    stretches = occupancy.crew(people, visit.plan_starts_at, visit.plan_ends_at, vehicle_id=vehicle_id)
    occupancy.take(case.organisation_id, stretches, HOLDER, visit.pk, now)
    visit.save(force_insert=True)
    _send_along(visit, [key for key in people if key != technician_id], driver_id)
    promise = Promise.objects.create(
        organisation_id=case.organisation_id,
        visit=visit,
        number=1,
        starts_at=starts_at,
        ends_at=ends_at,
        made_at=now,
    )
    record(
        "work.visit_booked",
        visit,
        actor=actor,
        now=now,
        number=case.number,
        visit=visit.number,
        technician=technician_id,
        starts_at=promise.starts_at,
        ends_at=promise.ends_at,
    )
    return visit


def _vehicle(vehicle_id: UUID | None, actor: Actor, people: int) -> Vehicle | None:
    if vehicle_id is None:
        return None
    vehicle = Vehicle.objects.filter(organisation_id=actor.organisation_id, pk=vehicle_id).first()
    if vehicle is None:
        raise NotFound(what=Vehicle._meta.verbose_name)
    if vehicle.seats < people:
        raise TooFewSeats(vehicle=vehicle.plate, seats=vehicle.seats, people=people)
    return vehicle


def _send_along(visit: Visit, people: Sequence[UUID], driver_id: UUID | None) -> None:
    CrewMember.objects.bulk_create(
        CrewMember(
            organisation_id=visit.organisation_id,
            visit=visit,
            person_id=person_id,
            drives=person_id == driver_id,
        )
        for person_id in people
    )


def must_be_ahead(visit: Visit) -> None:
    """Refuse on a visit that is over.

    Raises ``VisitOver``.
    """
    if visit.state not in (Visit.State.BOOKED, Visit.State.UNDER_WAY):
        raise VisitOver


def must_run_forward(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a window that ends before it starts.

    Raises ``Unfit``.
    """
    if ends_at <= starts_at:
        raise Unfit({"ends_at": _("The time must end after it starts. Choose a later end.")})


def going(visit: Visit) -> list[UUID]:
    """Everyone who goes, the technician first."""
    return [visit.technician_id, *visit.crew.values_list("person_id", flat=True)]


def current_promise(visit: Visit) -> Promise:
    """The window that holds now: the last one told."""
    return visit.promises.latest("number")


@use_case("work.replan_visit", on=Visit)
def replan_visit(
    visit: Visit,
    *,
    starts_at: datetime,
    ends_at: datetime,
    vehicle_id: UUID | None = None,
    crew_ids: Sequence[UUID] = (),
    driver_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Visit:
    """Change the plan behind a promise: crew, vehicle, hours. The promised window stays as it is.

    Raises ``TooFewSeats``, ``people.Taken``, ``VisitOver``.
    """
    must_be_ahead(visit)
    must_run_forward(starts_at, ends_at)
    people = dict.fromkeys([visit.technician_id, *crew_ids])
    visit.vehicle = _vehicle(vehicle_id, actor, people=len(people))
    visit.plan_starts_at, visit.plan_ends_at = starts_at, ends_at
    stretches = occupancy.crew(people, starts_at, ends_at, vehicle_id=vehicle_id)
    occupancy.rebook(visit.organisation_id, [occupancy.Booking(HOLDER, visit.pk, stretches)], now)
    visit.save(update_fields=["vehicle", "plan_starts_at", "plan_ends_at"])
    visit.crew.all().delete()
    _send_along(visit, [key for key in people if key != visit.technician_id], driver_id)
    record("work.visit_replanned", visit, actor=actor, now=now, starts_at=starts_at, ends_at=ends_at)
    return visit


@use_case("work.hand_over_visit", on=Visit)
def hand_over_visit(visit: Visit, *, to_id: UUID, reason: str, actor: Actor, now: datetime) -> Visit:
    """Give a visit to another technician at the same time (转其他人, B3).

    The way out when the customer does not agree to another time. The promise to the customer
    stays; only the face at the door changes.

    Raises ``people.Taken``, ``SameTechnician``, ``VisitOver``.
    """
    must_be_ahead(visit)
    if to_id == visit.technician_id:
        raise SameTechnician(technician=visit.technician.name)
    before, crew = visit.technician_id, [key for key in going(visit)[1:] if key != to_id]
    stretches = occupancy.crew(
        [to_id, *crew], visit.plan_starts_at, visit.plan_ends_at, vehicle_id=visit.vehicle_id
    )
    occupancy.rebook(visit.organisation_id, [occupancy.Booking(HOLDER, visit.pk, stretches)], now)
    visit.technician = Person.objects.get(organisation_id=actor.organisation_id, pk=to_id)
    visit.save(update_fields=["technician"])
    visit.crew.filter(person_id=to_id).delete()
    record(
        "work.visit_handed_over",
        visit,
        actor=actor,
        now=now,
        number=visit.case.number,
        before=before,
        to=to_id,
        reason=one_line(reason, "reason", most=200),
    )
    return visit


@use_case("work.cancel_visit", on=Visit)
def cancel_visit(visit: Visit, *, reason: str, actor: Actor, now: datetime) -> Visit:
    """Call a visit off: everyone is free again, an open offer is taken back, the customer is told."""
    must_be_ahead(visit)
    visit.state, visit.cancelled_at = Visit.State.CANCELLED, now
    visit.cancel_reason = one_line(reason, "reason", most=200)
    visit.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    occupancy.release(visit.organisation_id, HOLDER, visit.pk)
    drop_offer(visit, visit.cancel_reason, actor, now)
    record(
        "work.visit_cancelled",
        visit,
        actor=actor,
        now=now,
        number=visit.case.number,
        reason=visit.cancel_reason,
    )
    return visit


def drop_offer(visit: Visit, reason: str, actor: Actor, now: datetime) -> None:
    """Take an unanswered offer back and free its slots: the visit it asks about is over."""
    offer = visit.offers.filter(state=Offer.State.OPEN).first()
    if offer is not None:
        settle_offer(offer, Offer.State.WITHDRAWN)
        record("work.offer_withdrawn", offer, actor=actor, now=now, number=visit.case.number, reason=reason)


def settle_offer(offer: Offer, state: str) -> None:
    """An offer has come to its end: whatever is still held for it is free."""
    offer.state = state
    offer.save(update_fields=["state"])
    for slot_id in offer.slots.values_list("pk", flat=True):
        occupancy.release(offer.organisation_id, SLOT, slot_id)
