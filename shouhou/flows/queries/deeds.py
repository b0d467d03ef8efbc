"""Who did what at an element, when, on what event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shouhou.flows.models import History


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of a run's history: what happened at the element, who brought it about, on what evidence.

    ``event`` is the kind of the event and ``evidence`` its payload, personal values still apart
    (``core.events.reveal``); both empty where the drawing moved by itself.
    """

    run: int
    seq: int
    node: str
    what: str
    flow: str | None
    who: str
    who_kind: str
    happened_at: datetime
    recorded_at: datetime
    event: str
    event_id: UUID | None
    evidence: Mapping[str, Any]


def element_history(root_id: UUID, element: str | None = None) -> list[Deed]:
    """What happened at an element in all runs of a root, newest first; everything without ``element``."""
    rows = History.objects.filter(run__root_id=root_id)
    if element is not None:
        rows = rows.filter(node=element)
    return [_deed(row) for row in rows.select_related("run", "event").order_by("-run__number", "-seq")]


def _deed(row: History) -> Deed:
    event = row.event
    return Deed(
        run=row.run.number,
        seq=row.seq,
        node=row.node,
        what=row.what,
        flow=row.flow,
        who=event.actor_name if event else "",
        who_kind=event.actor_kind if event else "",
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        event=event.kind if event else "",
        event_id=row.event_id,
        evidence=event.payload if event else {},
    )
