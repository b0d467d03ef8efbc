"""How rows are shown to partners: plain values, ready to be written as JSON."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shouhou.cases.models import Case
from shouhou.core.actor import Actor
from shouhou.core.models import Event
from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.flows import queries as flows
from shouhou.flows.contracts import TASKS
from shouhou.insight.models import CaseRow
from shouhou.web.api.schemas import CaseLine
from shouhou.web.desk.sentences import sentence
from shouhou.work.models import Offer, Visit

MOST_EVENTS = 30
# The columns of a line, by the names they have in the read model.
COLUMNS = {name: "pk" if name == "id" else name for name in CaseLine.model_fields if name != "stage_name"}


def lines(rows: "QuerySet[CaseRow]") -> list[dict[str, Any]]:
    """Cases as lists show them; one statement, and no row becomes an object."""
    names, columns = list(COLUMNS), list(COLUMNS.values())
    return [with_stage(dict(zip(names, values, strict=True))) for values in rows.values_list(*columns)]


def with_stage(line: dict[str, Any]) -> dict[str, Any]:
    """The line with its step's name in the language of the moment."""
    task = TASKS.get(line["stage"])
    return {**line, "stage_name": task.name if task else ""}


def whole(actor: Actor, key: UUID, now: datetime) -> dict[str, Any]:
    """One case: its line, where it stands, its visits, an open offer, its last events.

    Raises ``NotFound``.
    """
    found = lines(scope(actor, CaseRow).filter(pk=key))
    if not found:
        raise NotFound(what=Case._meta.verbose_name)
    case = scope(actor, Case).select_related("site").get(pk=key)
    visits = list(
        scope(actor, Visit).filter(case=key).prefetch_related("promises", "offers__slots").order_by("number")
    )
    return {
        **found[0],
        "details": case.details,
        "wish": case.wish,
        "address": f"{case.site.district} {case.site.address}".strip() if case.site else "",
        "response_due_at": case.response_due_at,
        "arrival_due_at": case.arrival_due_at,
        "waiting": [_step(step) for step in flows.waiting(key) if step.task],
        "visits": [visit(row) for row in visits],
        "offer": _open_offer(visits),
        "events": _events(key, now),
    }


def visit(row: Visit) -> dict[str, Any]:
    """A visit with every window promised, the first one first."""
    names = (
        "id",
        "case_id",
        "number",
        "state",
        "technician_id",
        "vehicle_id",
        "plan_starts_at",
        "plan_ends_at",
        "left_at",
        "arrived_at",
        "finished_at",
        "result",
        "work_done",
    )
    promises = sorted(row.promises.all(), key=lambda promise: promise.number)
    told = [{"starts_at": promise.starts_at, "ends_at": promise.ends_at} for promise in promises]
    return {name: getattr(row, name) for name in names} | {"promises": told}


def offer(row: Offer) -> dict[str, Any]:
    """An offer with its slots, the earliest first."""
    slots = sorted(row.slots.all(), key=lambda slot: slot.starts_at)
    names = ("id", "technician_id", "starts_at", "ends_at")
    return {
        "id": row.pk,
        "visit_id": row.visit_id,
        "state": row.state,
        "asked_by": row.asked_by,
        "expires_at": row.expires_at,
        "slots": [{name: getattr(slot, name) for name in names} for slot in slots],
    }


def _open_offer(visits: Sequence[Visit]) -> dict[str, Any] | None:
    rows: Iterable[Offer] = (row for one in visits for row in one.offers.all())
    return next((offer(row) for row in rows if row.state == Offer.State.OPEN), None)


def _step(step: flows.Waiting) -> dict[str, Any]:
    return {"task": step.task, "name": step.name, "since": step.since, "owed_by": list(step.roles)}


def _events(key: UUID, now: datetime) -> list[dict[str, Any]]:
    rows = Event.objects.filter(root_id=key).order_by("-number")[:MOST_EVENTS]
    return [_happening(event, now) for event in rows]


def _happening(event: Event, now: datetime) -> dict[str, Any]:
    said = sentence(event, now)
    return {
        "number": event.number,
        "kind": event.kind,
        "text": said.text if said else "",
        "more": said.more if said else "",
        "by": event.actor_name,
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
    }
