"""After the work: the customer is told, asked, and called; then the case is closed (A4, A5, F5)."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouhou.cases.models import Case, ReturnCall, Survey
from shouhou.cases.refusals import AlreadyAnswered, NotUnderstood
from shouhou.cases.services.triage import must_be_open
from shouhou.core import policies
from shouhou.core.actor import Actor, Kind
from shouhou.core.events import record
from shouhou.core.refusals import NotFound
from shouhou.core.text import one_line, paragraph
from shouhou.core.use_case import use_case


@use_case("cases.tell_result", on=Case)
def tell_result(case: Case, *, actor: Actor, now: datetime) -> Case:
    """Tell the customer what came of it (A4)."""
    outcome = case.outcomes.filter(confirmed_at__isnull=False).order_by("-number").first()
    how = outcome.sort if outcome else "repaired"
    record("cases.result_told", case, actor=actor, now=now, number=case.number, how=how)
    return case


@use_case("cases.send_survey", on=Case)
def send_survey(case: Case, *, actor: Actor, now: datetime) -> Survey:
    """Send the satisfaction survey (A5)."""
    survey = Survey.objects.create(organisation_id=case.organisation_id, case=case, sent_at=now)
    record("cases.survey_sent", case, actor=actor, now=now, number=case.number, survey=survey.pk)
    return survey


@use_case("cases.answer_survey", on=Case)
def answer_survey(case: Case, *, score: int, comment: str = "", actor: Actor, now: datetime) -> Survey:
    """The customer rates one to five, with words (A5); a low score reopens the work.

    Raises ``AlreadyAnswered``, or ``NotFound`` when no survey was sent.
    """
    survey = case.surveys.order_by("-sent_at").first()
    if survey is None:
        raise NotFound(what=_("survey"))
    if survey.answered_at:
        raise AlreadyAnswered(number=case.number)
    if not 1 <= score <= 5:
        raise NotUnderstood(what=_("one to five stars"))
    survey.score, survey.comment, survey.answered_at = score, paragraph(comment, "comment", most=1000), now
    survey.save(update_fields=["score", "comment", "answered_at"])
    is_low = score <= policies.value(case.organisation_id, "cases.unsatisfied_score")
    record(
        "cases.survey_answered",
        case,
        actor=actor,
        now=now,
        number=case.number,
        survey=survey.pk,
        score=score,
        is_low=is_low,
    )
    return survey


@use_case("cases.record_return_call", on=Case)
def record_return_call(
    case: Case, *, result: str, words: str = "", cause: str = "", actor: Actor, now: datetime
) -> ReturnCall:
    """Record one attempt at the return-visit call (回访, F5); unsatisfied reopens the work.

    Raises ``NotUnderstood`` when an unsatisfied customer's words are missing.
    """
    must_be_open(case)
    if result not in ReturnCall.Result.values:
        raise NotUnderstood(what=_("satisfied, unsatisfied or no answer"))
    said = paragraph(words, "words", most=1000)
    if result == ReturnCall.Result.UNSATISFIED and not said:
        raise NotUnderstood(what=_("what the customer is not satisfied with, in their words"))
    call = ReturnCall.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        number=case.return_calls.count() + 1,
        result=result,
        words=said,
        cause=one_line(cause, "cause", most=60, least=0),
        by_id=actor.id if actor.kind is Kind.STAFF else None,
        called_at=now,
    )
    record(
        "cases.return_call_recorded",
        case,
        actor=actor,
        now=now,
        number=case.number,
        call=call.pk,
        result=result,
    )
    return call


@use_case("cases.leave_return_message", on=Case)
def leave_return_message(case: Case, *, actor: Actor, now: datetime) -> Case:
    """Nobody answered often enough: leave the customer a message with the way back (F5)."""
    record("cases.return_message_left", case, actor=actor, now=now, number=case.number)
    return case


@use_case("cases.close_case", on=Case)
def close_case(case: Case, *, actor: Actor, now: datetime) -> Case:
    """Close the case (结案). Only the flow does, when the drawing has come to its end."""
    must_be_open(case)
    case.state, case.closed_at = Case.State.CLOSED, now
    case.save(update_fields=["state", "closed_at"])
    record("cases.closed", case, actor=actor, now=now, number=case.number)
    return case
