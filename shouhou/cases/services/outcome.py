"""Going on after work that failed, and confirming what leaves the shop or the till (A3, A4)."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouhou.cases.models import Assessment, Case, Outcome
from shouhou.cases.refusals import NotDecided, NotUnderstood
from shouhou.cases.services.triage import REASON, must_be_open
from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.text import one_line
from shouhou.core.use_case import use_case


@use_case("cases.decide_outcome", on=Case)
def decide_outcome(case: Case, *, sort: str, grounds: str, actor: Actor, now: datetime) -> Outcome:
    """Decide how to go on (A4): repair again, the repair centre, replacement or refund. Never silence.

    Raises ``NotUnderstood`` for anything else.
    """
    must_be_open(case)
    if sort not in Outcome.Sort.values:
        raise NotUnderstood(what=_("repair again, repair centre, replace or refund"))
    outcome = _decided(case, sort, one_line(grounds, "grounds", most=REASON), actor, now)
    record("cases.outcome_decided", case, actor=actor, now=now, sort=sort, grounds=outcome.grounds)
    return outcome


def _decided(case: Case, sort: str, grounds: str, actor: Actor, now: datetime) -> Outcome:
    return Outcome.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        number=case.outcomes.count() + 1,
        sort=sort,
        grounds=grounds,
        decided_by_id=actor.id if actor.kind is Kind.STAFF else None,
        decided_at=now,
    )


@use_case("cases.confirm_replacement", on=Case)
def confirm_replacement(case: Case, *, reference: str, actor: Actor, now: datetime) -> Outcome:
    """The storekeeper confirms the new piece went out, with the delivery note's number (A3)."""
    return _confirm(case, Outcome.Sort.REPLACE, reference, None, actor, now)


@use_case("cases.confirm_refund", on=Case)
def confirm_refund(case: Case, *, reference: str, amount: int, actor: Actor, now: datetime) -> Outcome:
    """Finance confirms the money went back: ``amount`` in minor units (分), with the payment's reference.

    A person confirms what was paid; the rules that compute it come with ``kernel/remedy``.
    """
    if amount <= 0:
        raise NotUnderstood(what=_("an amount above zero"))
    return _confirm(case, Outcome.Sort.REFUND, reference, amount, actor, now)


def _confirm(
    case: Case, sort: str, reference: str, amount: int | None, actor: Actor, now: datetime
) -> Outcome:
    must_be_open(case)
    outcome = case.outcomes.filter(sort=sort, confirmed_at=None).order_by("-number").first()
    if outcome is None:
        assessed = case.assessments.order_by("-number").first()
        if sort != Outcome.Sort.REPLACE or assessed is None or assessed.remedy != Assessment.Remedy.REPLACE:
            raise NotDecided(sort=Outcome.Sort(sort).label)
        # The assessment itself said "replace": that was the decision.
        outcome = _decided(case, sort, assessed.reasonable_grounds, actor, now)
    outcome.reference = one_line(reference, "reference", most=60)
    outcome.amount, outcome.confirmed_by_id, outcome.confirmed_at = amount, actor.id, now
    outcome.save(update_fields=["reference", "amount", "confirmed_by", "confirmed_at"])
    record(
        "cases.replacement_confirmed" if sort == Outcome.Sort.REPLACE else "cases.refund_confirmed",
        case,
        actor=actor,
        now=now,
        number=case.number,
        reference=outcome.reference,
        amount=amount,
        currency=outcome.currency,
    )
    return outcome
