"""No promised time moves without the customer's yes (B3, B8; design §3).

offer (apology, reason, slots held) → answer (agreed, refused, none; by link, phone or at the door) → move.
The answer is always kept. A *yes* to a slot that was taken meanwhile moves nothing, and the offer
stays open for another choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from shouhou.core import policies
from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.refusals import Refusal
from shouhou.core.text import one_line
from shouhou.core.use_case import attempt, use_case
from shouhou.people import occupancy
from shouhou.people.models import Person
from shouhou.people.refusals import Taken
from shouhou.work.models import Answer, Offer, Promise, Slot, Visit
from shouhou.work.refusals import (
    ApologyFirst,
    InThePast,
    NoSlot,
    NotOnThatOffer,
    NotUnderstood,
    OfferOver,
    OfferWaiting,
)
from shouhou.work.services.booking import (
    HOLDER,
    SLOT,
    current_promise,
    going,
    must_be_ahead,
    must_run_forward,
    settle_offer,
)

MOST_SLOTS = 5


@dataclass(frozen=True, slots=True)
class Time:
    """A time to offer: the window told, and who would come."""

    starts_at: datetime
    ends_at: datetime
    technician_id: UUID
    vehicle_id: UUID | None = None


@use_case("work.offer_times", on=Visit)
def offer_times(
    visit: Visit,
    *,
    times: Sequence[Time],
    asked_by: str,
    reason: str,
    apology: str = "",
    expires_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Offer:
    """Offer the customer other times, each held until the offer lapses (改约).

    ``asked_by`` says whose wish it is, ours or the customer's; ours begins with an apology.

    Raises ``NoSlot``, ``ApologyFirst``, ``OfferWaiting``, ``InThePast``, ``people.Taken``.
    """
    return _offer(visit, times, asked_by, reason, apology, expires_at, actor, now)


def _offer(
    visit: Visit,
    times: Sequence[Time],
    asked_by: str,
    reason: str,
    apology: str,
    expires_at: datetime | None,
    actor: Actor,
    now: datetime,
) -> Offer:
    must_be_ahead(visit)
    if not 1 <= len(times) <= MOST_SLOTS:
        raise NoSlot
    if asked_by == Offer.AskedBy.US and not apology.strip():
        raise ApologyFirst
    if visit.offers.filter(state=Offer.State.OPEN).exists():
        raise OfferWaiting
    hours = policies.value(visit.organisation_id, "work.offer_hours")
    offer = Offer.objects.create(
        organisation_id=visit.organisation_id,
        visit=visit,
        asked_by=asked_by,
        reason=one_line(reason, "reason", most=200),
        apology=one_line(apology, "apology", most=300, least=0),
        made_at=now,
        made_by_id=actor.id if actor.kind is Kind.STAFF else None,
        expires_at=expires_at or now + timedelta(hours=hours),
    )
    held = [booking for time in times if (booking := _hold(offer, time, now)) is not None]
    # All at once: taken one by one, two offers could wait for each other.
    occupancy.rebook(offer.organisation_id, held, now)
    promise = current_promise(visit)
    record(
        "work.times_offered",
        offer,
        actor=actor,
        now=now,
        number=visit.case.number,
        asked_by=asked_by,
        reason=offer.reason,
        apology=offer.apology,
        expires_at=offer.expires_at,
        promised_from=promise.starts_at,
        times=[[time.starts_at.isoformat(), time.ends_at.isoformat()] for time in times],
    )
    return offer


def _hold(offer: Offer, time: Time, now: datetime) -> occupancy.Booking | None:
    """Write a time down and say what is to be held for it.

    The visit's own plan does not stand in the way of moving it by less than its length, so where
    only the visit itself binds its technician, there is nothing to hold.
    """
    must_run_forward(time.starts_at, time.ends_at)
    if time.starts_at <= now:
        raise InThePast(when=f"{time.starts_at:%Y-%m-%d %H:%M}")
    slot = Slot.objects.create(
        organisation_id=offer.organisation_id,
        offer=offer,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        technician_id=time.technician_id,
        vehicle_id=time.vehicle_id,
    )
    people = dict.fromkeys([time.technician_id, *going(offer.visit)[1:]])
    stretches = occupancy.crew(people, time.starts_at, time.ends_at, vehicle_id=time.vehicle_id)
    if time.starts_at >= offer.visit.plan_ends_at or time.ends_at <= offer.visit.plan_starts_at:
        return occupancy.Booking(SLOT, slot.pk, stretches, offer.expires_at)
    return None


@use_case("work.answer_offer", on=Offer)
def answer_offer(
    offer: Offer,
    *,
    said: str,
    channel: str,
    slot_id: UUID | None = None,
    words: str = "",
    said_by: str = "",
    said_at: datetime | None = None,
    heard_by_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Answer:
    """Keep what the customer said, and move the promise if it was a yes to a slot that is still free.

    ``took_effect`` is false for a yes to a slot taken meanwhile: the offer stays open for another choice.
    ``heard_by_id`` names who of ours heard it on the phone or at the door, when a partner's system reports it.

    Raises ``OfferOver``, ``NotOnThatOffer``, ``NotUnderstood``.
    """
    if offer.state != Offer.State.OPEN:
        raise OfferOver
    must_be_ahead(offer.visit)
    witness = _witness(channel, heard_by_id, actor)
    slot = _slot(offer, said, slot_id)
    answer = Answer.objects.create(
        organisation_id=offer.organisation_id,
        offer=offer,
        said=said,
        slot=slot,
        channel=Answer.Channel.LINK if actor.kind is Kind.LINK else channel,
        words=one_line(words, "words", most=300, least=0),
        said_by=one_line(said_by, "said_by", most=60, least=0),
        taken_by_id=witness,
        said_at=said_at or now,
        recorded_at=now,
    )
    if slot is None:
        state = Offer.State.REFUSED if said == Answer.Said.REFUSED else Offer.State.LAPSED
        settle_offer(offer, state)
        _record_answer(offer, answer, actor, now)
        return answer
    try:
        with attempt():
            _move(offer, slot, answer, now)
            _record_answer(offer, answer, actor, now)
    except Taken as trouble:
        _keep_without_effect(offer, answer, trouble, actor, now)
    return answer


def _witness(channel: str, heard_by_id: UUID | None, actor: Actor) -> UUID | None:
    """Who heard the answer: a call or a door record is somebody's, by name (B3).

    Raises ``NotUnderstood``.
    """
    if actor.kind not in (Kind.STAFF, Kind.CLIENT):
        return None
    # What a customer's link or the clock says, only they say.
    if channel not in (Answer.Channel.PHONE, Answer.Channel.DOOR):
        raise NotUnderstood(what=_("on the phone or at the door"))
    if actor.kind is Kind.STAFF:
        return actor.id
    people = Person.objects.filter(organisation_id=actor.organisation_id, is_active=True)
    if heard_by_id is None or not people.filter(pk=heard_by_id).exists():
        raise NotUnderstood(what=_("who of the staff heard the answer"))
    return heard_by_id


def _slot(offer: Offer, said: str, slot_id: UUID | None) -> Slot | None:
    if said not in Answer.Said.values:
        raise NotUnderstood(what=_("agreed, refused or no answer"))
    if said != Answer.Said.AGREED:
        return None
    slot = offer.slots.filter(pk=slot_id).first() if slot_id else None
    if slot is None:
        raise NotOnThatOffer
    return slot


def _move(offer: Offer, slot: Slot, answer: Answer, now: datetime) -> None:
    """Move promise and plan to the slot the customer agreed to."""
    visit = offer.visit
    settle_offer(offer, Offer.State.AGREED)
    people = dict.fromkeys([slot.technician_id, *going(visit)[1:]])
    length = visit.plan_ends_at - visit.plan_starts_at
    visit.plan_starts_at, visit.plan_ends_at = slot.starts_at, slot.starts_at + length
    visit.technician_id, visit.vehicle_id = slot.technician_id, slot.vehicle_id or visit.vehicle_id
    stretches = occupancy.crew(people, visit.plan_starts_at, visit.plan_ends_at, vehicle_id=visit.vehicle_id)
    occupancy.rebook(visit.organisation_id, [occupancy.Booking(HOLDER, visit.pk, stretches)], now)
    visit.save(update_fields=["plan_starts_at", "plan_ends_at", "technician", "vehicle"])
    visit.crew.filter(person_id=slot.technician_id).delete()
    Promise.objects.create(
        organisation_id=visit.organisation_id,
        visit=visit,
        number=current_promise(visit).number + 1,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        made_at=now,
        consent=answer,
    )


def _record_answer(offer: Offer, answer: Answer, actor: Actor, now: datetime) -> None:
    slot = answer.slot
    record(
        "work.offer_answered",
        offer,
        actor=actor,
        now=now,
        happened_at=answer.said_at,
        number=offer.visit.case.number,
        said=answer.said,
        asked_by=offer.asked_by,
        channel=answer.channel,
        answer=answer.pk,
        starts_at=slot.starts_at if slot else None,
        ends_at=slot.ends_at if slot else None,
        technician=slot.technician_id if slot else None,
    )


def _keep_without_effect(offer: Offer, answer: Answer, trouble: Refusal, actor: Actor, now: datetime) -> None:
    """The customer's yes is not lost: it stands, the office is told, and another time can be chosen."""
    offer.refresh_from_db()
    answer.took_effect = False
    answer.save(update_fields=["took_effect"])
    record(
        "work.agreed_slot_lost",
        offer,
        actor=actor,
        now=now,
        number=offer.visit.case.number,
        answer=answer.pk,
        why=str(trouble.code),
    )


@use_case("work.withdraw_offer", on=Offer)
def withdraw_offer(offer: Offer, *, reason: str, actor: Actor, now: datetime) -> Offer:
    """Take an offer back before it is answered: the promise stands as it was."""
    if offer.state != Offer.State.OPEN:
        raise OfferOver
    settle_offer(offer, Offer.State.WITHDRAWN)
    record(
        "work.offer_withdrawn",
        offer,
        actor=actor,
        now=now,
        number=offer.visit.case.number,
        reason=one_line(reason, "reason", most=200),
    )
    return offer


@use_case("work.request_other_time", on=Visit)
def request_other_time(visit: Visit, *, words: str, actor: Actor, now: datetime) -> Visit:
    """The customer asks for another time and leaves it to us to find one."""
    must_be_ahead(visit)
    said = one_line(words, "words", most=300)
    record("work.other_time_requested", visit, actor=actor, now=now, number=visit.case.number, words=said)
    return visit


@use_case("work.choose_time", on=Visit)
def choose_time(visit: Visit, *, time: Time, words: str = "", actor: Actor, now: datetime) -> Answer:
    """The customer picks a free time through the link: choosing it is the consent.

    Raises ``people.Taken`` when somebody was faster, ``OfferWaiting``.
    """
    reason = one_line(words, "words", most=200, least=0) or _("The customer chose another time")
    offer = _offer(visit, [time], Offer.AskedBy.CUSTOMER, reason, "", None, actor, now)
    return answer_offer(
        offer,
        said=Answer.Said.AGREED,
        channel=Answer.Channel.LINK,
        slot_id=offer.slots.get().pk,
        words=words,
        actor=actor,
        now=now,
    )


@use_case("work.keep_promise", on=Visit)
def keep_promise(visit: Visit, *, reason: str, actor: Actor, now: datetime) -> Visit:
    """The customer did not agree, and the department head decides that we come as first promised (B3)."""
    must_be_ahead(visit)
    said = one_line(reason, "reason", most=200)
    record("work.promise_kept", visit, actor=actor, now=now, number=visit.case.number, reason=said)
    return visit
