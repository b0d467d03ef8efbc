"""Events as sentences people say: what happened, and the words or grounds behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Assessment, Case, Outcome, ReturnCall
from shouhou.core.models import Event
from shouhou.work.models import Answer, Offer, Visit

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of the timeline, a quieter second line, and the tone: ok, warn, bad or nothing."""

    text: str
    more: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """How an event of one kind is said; ``labels`` turns codes of the payload into words."""

    text: Text
    more: Text = ""
    tone: str = ""
    labels: Callable[[dict[str, Any]], dict[str, Any]] = dict


def _words(**choices: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Turn the codes of these fields into the words their models give them."""

    def say(payload: dict[str, Any]) -> dict[str, Any]:
        said = dict(payload)
        for field, kind in choices.items():
            code = payload.get(field)
            said[field] = kind(code).label if code else ""
        return said

    return say


TEMPLATES: dict[str, Template] = {
    "cases.registered": Template(_("took the report ({channel})"), labels=_words(channel=Case.Channel)),
    "cases.acknowledged": Template(_("The customer was told the number.")),
    "cases.contacted": Template(_("spoke to the customer"), "{words}"),
    "cases.corrected": Template(_("corrected the record")),
    "cases.assessed": Template(_("assessed it: {outcome}"), labels=_words(outcome=Assessment.Outcome)),
    "cases.customer_asked": Template(_("The customer was asked:"), "{question}"),
    "cases.enquiry_answered": Template(_("answered the question")),
    "cases.rejection_told": Template(_("The customer was told why it is not taken on."), "{reason}", "warn"),
    "cases.appealed": Template(_("appeals against the rejection"), tone="warn"),
    "cases.appeal_decided": Template(_("decided the appeal"), "{grounds}"),
    "cases.rejected": Template(_("The rejection stands; the case is filed."), tone="warn"),
    "cases.clock_warned": Template(_("A clock is running out: {clock}."), tone="warn"),
    "cases.clock_overdue": Template(_("A clock ran out: {clock}. It was escalated."), tone="bad"),
    "cases.outcome_decided": Template(
        _("decided how to go on: {sort}"), "{grounds}", labels=_words(sort=Outcome.Sort)
    ),
    "cases.replacement_confirmed": Template(
        _("confirmed the replacement"), _("Delivery note {reference}"), "ok"
    ),
    "cases.refund_confirmed": Template(_("confirmed the refund"), _("Payment reference {reference}"), "ok"),
    "cases.result_told": Template(_("The customer was told the result.")),
    "cases.survey_sent": Template(_("The survey went to the customer.")),
    "cases.survey_answered": Template(_("gave {score} of 5")),
    "cases.return_call_recorded": Template(
        _("called back: {result}"), labels=_words(result=ReturnCall.Result)
    ),
    "cases.return_message_left": Template(_("Nobody answered; a message was left."), tone="warn"),
    "cases.closed": Template(_("The case is closed."), tone="ok"),
    "cases.withdrawn": Template(_("withdrew the report"), "{reason}", "warn"),
    "cases.merged": Template(_("merged it into {into}"), tone="warn"),
    "cases.customer_changed": Template(_("corrected the customer"), "{reason}"),
    "cases.handed_over": Template(_("handed the case over"), "{reason}"),
    "cases.note_written": Template(_("wrote a note")),
    "cases.reopened": Template(_("opened it again"), "{reason}", "warn"),
    "cases.link_given": Template(_("gave the customer a new link")),
    "work.visit_booked": Template(_("booked the visit for {starts_at}")),
    "work.visit_replanned": Template(_("changed the plan of the visit")),
    "work.visit_handed_over": Template(_("gave the visit to someone else"), "{reason}"),
    "work.visit_cancelled": Template(_("called the visit off"), "{reason}", "warn"),
    "work.visit_left": Template(_("set out")),
    "work.visit_arrived": Template(_("arrived at the door")),
    "work.visit_finished": Template(
        _("reported the visit: {result}"), "{cause}", labels=_words(result=Visit.Result)
    ),
    "work.times_offered": Template(
        _("asked for another time ({asked_by})"), "{apology} {reason}", "warn", _words(asked_by=Offer.AskedBy)
    ),
    "work.offer_answered": Template(
        _("answer to the offered time: {said} ({channel})"),
        labels=_words(said=Answer.Said, channel=Answer.Channel),
    ),
    "work.agreed_slot_lost": Template(_("said yes to a time that was just taken"), tone="bad"),
    "work.offer_withdrawn": Template(_("took the offer back"), "{reason}"),
    "work.other_time_requested": Template(_("asks for another time"), "{words}", "warn"),
    "work.promise_kept": Template(_("decided that we come as first promised"), "{reason}"),
    "work.bench_received": Template(_("took the piece into the repair centre")),
    "work.bench_repaired": Template(_("reported the repair"), "{cause}"),
    "work.bench_returned": Template(_("gave the piece back")),
    "flows.jumped": Template(_("moved the case on the drawing by hand"), "{reason}", "warn"),
}


def sentence(event: Event) -> Sentence | None:
    """What an event says to people; nothing for what only machines need."""
    return say(event.kind, event.payload)


def say(kind: str, payload: Mapping[str, Any]) -> Sentence | None:
    """What an event of this kind with this payload says."""
    template = TEMPLATES.get(kind)
    if template is None:
        return None
    values = _Empty({name: _said(value) for name, value in template.labels(dict(payload)).items()})
    return Sentence(
        str(template.text).format_map(values), str(template.more).format_map(values).strip(), template.tone
    )


class _Empty(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _said(value: Any) -> Any:
    """A moment in local time; everything else as it is."""
    if isinstance(value, str) and len(value) > 18 and value[10:11] == "T":
        try:
            return f"{timezone.localtime(datetime.fromisoformat(value)):%m-%d %H:%M}"
        except ValueError:
            return value
    return "" if value is None else value
