"""What happened on a case, newest first: each event as a sentence, with its words and its grounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shouhou.cases.models import Appeal, Assessment, Case, Enquiry, Note, ReturnCall, Survey
from shouhou.core import policy
from shouhou.core.models import Event
from shouhou.core.policy import scope
from shouhou.messages.models import Message
from shouhou.people.models import Person
from shouhou.web.desk.sentences import PEOPLE, Sentence, sentence
from shouhou.web.desk.weighing import Ground, kept_grounds
from shouhou.web.requests import PersonRequest
from shouhou.work.models import Answer, BenchJob, Visit

MOST = 200
TABS = ("told", "notes", "messages")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline; ``words`` are people's own, ``grounds`` what a decision rested on."""

    event: Event
    said: Sentence
    words: str = ""
    grounds: Sequence[Ground] = ()


# Which rows hold the words behind an event, by the field of its payload that names the row.
WORDS: Mapping[str, tuple[str, type[Any], str]] = {
    "cases.note_written": ("note", Note, "text"),
    "cases.enquiry_answered": ("enquiry", Enquiry, "answer"),
    "cases.appealed": ("appeal", Appeal, "words"),
    "cases.survey_answered": ("survey", Survey, "comment"),
    "cases.return_call_recorded": ("call", ReturnCall, "words"),
    "work.offer_answered": ("answer", Answer, "words"),
    "work.agreed_slot_lost": ("answer", Answer, "words"),
    "work.visit_finished": ("", Visit, "work_done"),
    "work.bench_received": ("", BenchJob, "condition"),
    "work.bench_repaired": ("", BenchJob, "work_done"),
}


def told(case: Case, request: PersonRequest) -> list[Line]:
    """What happened, newest first; a statement for the events, one for each kind of words they name."""
    rows = list(Event.objects.filter(root_id=case.pk).order_by("-number")[:MOST])
    names = people_named(rows, request)
    events = [(event, said) for event in rows if (said := sentence(event, request.now, names)) is not None]
    words = _words([event for event, _said in events], request)
    grounds = _grounds(case, [event for event, _said in events], request)
    return [
        Line(event, said, words.get(event.pk, ""), grounds.get(str(event.payload.get("assessment")), ()))
        for event, said in events
    ]


def _words(events: Sequence[Event], request: PersonRequest) -> dict[Any, str]:
    """What people said or wrote, by event: read from the rows the events name, as far as the reader sees them."""
    wanted: dict[tuple[type[Any], str], dict[str, list[Any]]] = {}
    for event in events:
        if known := WORDS.get(event.kind):
            field, model, text = known
            row = str(event.payload.get(field) if field else event.subject_id)
            wanted.setdefault((model, text), {}).setdefault(row, []).append(event.pk)
    found: dict[Any, str] = {}
    for (model, text), rows in wanted.items():
        keys = [row for row in rows if row != "None"]
        for key, value in scope(request.actor, model).filter(pk__in=keys).values_list("pk", text):
            found |= dict.fromkeys(rows[str(key)], value)
    return found


def people_named(events: Sequence[Event], request: PersonRequest) -> dict[str, str]:
    """The names of the colleagues whom events name by key; no statement where none does."""
    keys = {event.payload[field] for event in events for field in PEOPLE if event.payload.get(field)}
    rows = scope(request.actor, Person).filter(pk__in=keys) if keys else ()
    return {str(person.pk): person.name for person in rows}


def _grounds(case: Case, events: Sequence[Event], request: PersonRequest) -> dict[str, list[Ground]]:
    if not any("assessment" in event.payload for event in events):
        return {}
    rows = scope(request.actor, Assessment).filter(case=case).distinct()
    return {str(row.pk): kept_grounds(row, request.now) for row in rows}


def tab_of(case: Case, request: PersonRequest, tab: str) -> dict[str, Any]:
    """One of the views of what happened: everything, the notes, the messages to the customer."""
    sees_messages = policy.can(request.actor, "messages.see")
    chosen = tab if tab in TABS and (tab != "messages" or sees_messages) else "told"
    context: dict[str, Any] = {"tab": chosen, "tabs": _tabs(chosen, sees_messages)}
    if chosen == "notes":
        rows = scope(request.actor, Note).filter(case=case).select_related("by").distinct()
        context["notes"] = rows.prefetch_related("mentions").order_by("-written_at")[:MOST]
    elif chosen == "messages":
        context["sent"] = list(
            scope(request.actor, Message).filter(root_id=case.pk).order_by("-made_at")[:MOST]
        )
        context["may_send"] = policy.can(request.actor, "messages.send_again")
    else:
        context["lines"] = told(case, request)
    return context


def _tabs(chosen: str, sees_messages: bool) -> list[dict[str, Any]]:
    names = {"told": _("What happened"), "notes": _("Notes"), "messages": _("Messages to the customer")}
    return [
        {"key": key, "label": name, "current": key == chosen}
        for key, name in names.items()
        if key != "messages" or sees_messages
    ]
