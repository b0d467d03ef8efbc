"""Messages that came before anyone waited for them, kept with an end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shouhou.core.models import Event
from shouhou.flows.contracts import Message
from shouhou.flows.models import KeptMessage
from shouhou.flows.store import LiveRun, Runs
from shouhou.kernel import bpmn


def keep(event: Event, message: Message, now: datetime) -> None:
    """Keep an event's message for who comes to wait for it."""
    if message.keep:
        KeptMessage.objects.create(
            organisation_id=event.organisation_id,
            root_id=event.root_id,
            name=message.name,
            key=message.key(event) if message.key else None,
            event=event,
            kept_until=now + message.keep,
        )


def waited_for(root_id: UUID, runs: Runs, now: datetime) -> tuple[KeptMessage, LiveRun, Any] | None:
    """The oldest kept message somebody waits for now: the message, the run and its subscription."""
    rows = KeptMessage.objects.filter(root_id=root_id, kept_until__gt=now)
    for message in rows.select_related("event").order_by("id"):
        for run in runs.values():
            subscription = bpmn.listening(run.graph, run.state, message.name, message.key)
            if subscription is not None:
                return message, run, subscription.id
    return None


def drop(root_id: UUID) -> None:
    """Nothing of this root runs any more: what was kept for it is void."""
    KeptMessage.objects.filter(root_id=root_id).delete()


def forget_old(now: datetime) -> None:
    """Take away what nobody came for in time."""
    KeptMessage.objects.filter(kept_until__lte=now).delete()
