"""Events as sentences people say: what happened, and the words or grounds behind it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouhou.cases.models import Assessment, Case, Outcome, ReturnCall
from shouhou.core.models import Event
from shouhou.kernel.window import Window
from shouhou.web import wording
from shouhou.work.models import Answer, Offer, Visit

Text = str | Promise
# The fields of payloads that name a colleague by key.
PEOPLE = ("technician", "to", "before")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")


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
    "core.file_attached": Template(_("added a photo or paper")),
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
    "cases.handed_over": Template(_("handed the case over to {to}"), "{reason}"),
    "cases.note_written": Template(_("wrote a note")),
    "cases.reopened": Template(_("opened it again"), "{reason}", "warn"),
    "cases.link_given": Template(_("gave the customer a new link")),
    "work.visit_booked": Template(_("booked the visit: {window}, {technician}")),
    "work.visit_replanned": Template(_("changed the plan of the visit")),
    "work.visit_handed_over": Template(_("gave the visit to {to}"), "{reason}"),
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
        _("answered the question about another time: {said} {window} ({channel})"),
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


def sentence(event: Event, now: datetime, names: Mapping[str, str] | None = None) -> Sentence | None:
    """What an event says to people; nothing for what only machines need.

    ``names`` are those of the colleagues whom payloads name by key (``PEOPLE``).
    """
    template = TEMPLATES.get(event.kind)
    if template is None:
        return None
    values = _Empty({name: _said(value, now) for name, value in template.labels(dict(event.payload)).items()})
    for field in PEOPLE:
        values[field] = (names or {}).get(str(event.payload.get(field)), "")
    values["window"] = _window(event.payload, now)
    text = " ".join(str(template.text).format_map(values).split())
    return Sentence(text, str(template.more).format_map(values).strip(), template.tone)


class _Empty(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _window(payload: Mapping[str, Any], now: datetime) -> str:
    """The window an event is about, as people say it."""
    start, end = (_moment(payload.get(name)) for name in ("starts_at", "ends_at"))
    return wording.window(Window(start, end), now) if start and end else ""


def _said(value: Any, now: datetime) -> Any:
    """A moment as people say it; everything else as it is."""
    at = _moment(value)
    return wording.moment(at, now) if at else "" if value is None else value


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str) or not MOMENT.match(value):
        return None
    at = datetime.fromisoformat(value)
    return at if at.tzinfo is not None else None
