"""Weighing a report (A2), asking for more, rejecting with the way to appeal, and the clocks of C6."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from shouhou.cases.models import Appeal, Assessment, Case, Enquiry
from shouhou.cases.refusals import NoAppeal, NothingAsked, NothingToDo, NotRejected, NotUnderstood
from shouhou.cases.services.intake import answer_clock
from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.facts import Facts
from shouhou.core.text import one_line, paragraph
from shouhou.core.use_case import use_case
from shouhou.customers.cover import cover_of, evidence

REASON = 300


@use_case("cases.assess_case", on=Case)
def assess_case(
    case: Case,
    *,
    is_reasonable: bool,
    reasonable_grounds: str,
    outcome: str,
    reason: str = "",
    remedy: str = "",
    place: str = "",
    actor: Actor,
    now: datetime,
) -> Assessment:
    """Weigh a report by three things, each with its evidence (A2, A3).

    Warranty and availability are worked out here and kept as they stood; whether the claim is
    reasonable is the assessor's own answer, with grounds. ``reason`` is what the customer is told
    of a rejection, or asked for; an accepted case names its remedy, and a repair its place.

    Raises ``NotUnderstood`` when the parts do not fit together, ``NothingToDo`` on a closed case.
    """
    must_be_open(case)
    _fits_together(is_reasonable, outcome, reason, remedy, place)
    cover = cover_of(
        case.installed, case.reported_at.astimezone(ZoneInfo(case.organisation.time_zone)).date()
    )
    available = _availability(case, now)
    assessment = Assessment.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        number=case.assessments.count() + 1,
        is_reasonable=is_reasonable,
        reasonable_grounds=one_line(reasonable_grounds, "reasonable_grounds", most=REASON),
        in_warranty=cover.in_warranty,
        warranty_grounds=evidence(cover),
        technician_available=available.get("available"),
        availability_grounds=available,
        outcome=outcome,
        reason=one_line(reason, "reason", most=REASON, least=0),
        remedy=remedy if outcome == Assessment.Outcome.ACCEPTED else "",
        place=place if remedy == Assessment.Remedy.REPAIR and outcome == Assessment.Outcome.ACCEPTED else "",
        by_id=actor.id if actor.kind is Kind.STAFF else None,
        made_at=now,
    )
    answer_clock(case, now)
    record(
        "cases.assessed",
        case,
        actor=actor,
        now=now,
        assessment=assessment.pk,
        outcome=outcome,
        remedy=assessment.remedy,
        place=assessment.place,
        in_warranty=cover.in_warranty,
        technician_available=assessment.technician_available,
    )
    return assessment


def _availability(case: Case, now: datetime) -> dict[str, Any]:
    """Whether a technician can come, as whoever knows answers it (wiring); {} when nobody does."""
    answer = Facts(case.pk, now).get("可派技师")
    return answer if isinstance(answer, dict) else {}


def _fits_together(is_reasonable: bool, outcome: str, reason: str, remedy: str, place: str) -> None:
    accepted = outcome == Assessment.Outcome.ACCEPTED
    if outcome not in Assessment.Outcome.values:
        raise NotUnderstood(what=_("accepted, rejected or more information"))
    if accepted and not is_reasonable:
        raise NotUnderstood(what=_("a claim that is not reasonable cannot be accepted"))
    if accepted and remedy not in Assessment.Remedy.values:
        raise NotUnderstood(what=_("repair or replace"))
    if accepted and remedy == Assessment.Remedy.REPAIR and place not in Assessment.Place.values:
        raise NotUnderstood(what=_("at the customer's or in the repair centre"))
    if not accepted and not reason.strip():
        raise NotUnderstood(what=_("the reason the customer is told, or what is asked"))


def must_be_open(case: Case) -> None:
    """Refuse on a case that is over.

    Raises ``NothingToDo``.
    """
    if case.state != Case.State.OPEN:
        raise NothingToDo(number=case.number)


@use_case("cases.ask_customer", on=Case)
def ask_customer(case: Case, *, actor: Actor, now: datetime) -> Enquiry:
    """Ask the customer for what the assessment found missing (补充资料)."""
    asked = case.assessments.latest("number")
    enquiry, _made = Enquiry.objects.get_or_create(
        case=case,
        answered_at=None,
        defaults={"organisation_id": case.organisation_id, "question": asked.reason, "asked_at": now},
    )
    record("cases.customer_asked", case, actor=actor, now=now, number=case.number, question=enquiry.question)
    return enquiry


@use_case("cases.answer_enquiry", on=Case)
def answer_enquiry(case: Case, *, answer: str, actor: Actor, now: datetime) -> Enquiry:
    """The customer's answer, by the link, or taken down by an agent on the phone.

    Raises ``NothingAsked``.
    """
    must_be_open(case)
    enquiry = case.enquiries.filter(answered_at=None).first()
    if enquiry is None:
        raise NothingAsked(number=case.number)
    enquiry.answer = paragraph(answer, "answer", least=1)
    enquiry.answered_at, enquiry.answered_by = now, actor.name
    enquiry.save(update_fields=["answer", "answered_at", "answered_by"])
    record("cases.enquiry_answered", case, actor=actor, now=now, enquiry=enquiry.pk)
    return enquiry


@use_case("cases.tell_rejection", on=Case)
def tell_rejection(case: Case, *, actor: Actor, now: datetime) -> Case:
    """Tell the customer why the report is not taken on, and how to appeal (A2)."""
    rejected = case.assessments.latest("number")
    record("cases.rejection_told", case, actor=actor, now=now, number=case.number, reason=rejected.reason)
    return case


@use_case("cases.appeal_rejection", on=Case)
def appeal_rejection(case: Case, *, words: str, actor: Actor, now: datetime) -> Appeal:
    """The customer does not accept a rejection (申诉).

    Raises ``NotRejected`` when nothing was rejected.
    """
    latest = case.assessments.order_by("-number").first()
    if latest is None or latest.outcome != Assessment.Outcome.REJECTED or case.state != Case.State.OPEN:
        raise NotRejected(number=case.number)
    appeal, _made = Appeal.objects.get_or_create(
        case=case,
        decided_at=None,
        defaults={
            "organisation_id": case.organisation_id,
            "words": paragraph(words, "words", least=1),
            "made_at": now,
        },
    )
    record("cases.appealed", case, actor=actor, now=now, appeal=appeal.pk)
    return appeal


@use_case("cases.decide_appeal", on=Case)
def decide_appeal(case: Case, *, is_upheld: bool, grounds: str, actor: Actor, now: datetime) -> Appeal:
    """A superior decides an appeal: upheld, the case is weighed again; else the rejection stands.

    Raises ``NoAppeal``.
    """
    appeal = case.appeals.filter(decided_at=None).first()
    if appeal is None:
        raise NoAppeal(number=case.number)
    appeal.is_upheld, appeal.grounds = is_upheld, one_line(grounds, "grounds", most=REASON)
    appeal.decided_at, appeal.decided_by_id = now, actor.id
    appeal.save(update_fields=["is_upheld", "grounds", "decided_at", "decided_by"])
    record(
        "cases.appeal_decided",
        case,
        actor=actor,
        now=now,
        number=case.number,
        is_upheld=is_upheld,
        grounds=appeal.grounds,
    )
    return appeal


@use_case("cases.close_rejected", on=Case)
def close_rejected(case: Case, *, actor: Actor, now: datetime) -> Case:
    """The rejection stands and the time to appeal is over."""
    case.state, case.closed_at = Case.State.REJECTED, now
    case.save(update_fields=["state", "closed_at"])
    record("cases.rejected", case, actor=actor, now=now, number=case.number)
    return case


def awaits_arrival(case: Case) -> bool:
    """Whether somebody is still to come: not once they came, nor for the repair centre or a replacement."""
    if case.arrived_at is not None:
        return False
    latest = case.assessments.order_by("-number").values_list("outcome", "remedy", "place").first()
    return latest is None or latest[0] != Assessment.Outcome.ACCEPTED or latest[2] == Assessment.Place.HOME


@use_case("cases.check_clock", on=Case)
def check_clock(case: Case, *, clock: str, stage: str, actor: Actor, now: datetime) -> Case:
    """A clock of C6 rang: warn before, escalate after; a promise kept in time stays quiet.

    ``clock`` is ``response`` or ``arrival``; ``stage`` is ``warning`` or ``overdue``.
    """
    runs = case.responded_at is None if clock == "response" else awaits_arrival(case)
    due_at = case.response_due_at if clock == "response" else case.arrival_due_at
    if runs and case.state == Case.State.OPEN:
        kind = "cases.clock_warned" if stage == "warning" else "cases.clock_overdue"
        record(kind, case, actor=actor, now=now, number=case.number, clock=clock, due_at=due_at)
    return case
