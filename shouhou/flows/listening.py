"""The flow's ear (监听): hears every event at once, in its transaction, and moves what it moves.

``hear`` is the at-once listener that wiring installs. An event may begin a page, complete the oldest task
that waits for its kind, be a message to whoever listens, or make a condition true.
"""

from datetime import datetime
from typing import Any

from shouhou.core.actor import Actor
from shouhou.core.models import Event
from shouhou.flows import contracts, kept, rearming
from shouhou.flows.atlas import newest
from shouhou.flows.contracts import Message
from shouhou.flows.graphs import graph_of
from shouhou.flows.models import Run
from shouhou.flows.store import LiveRun, Runs
from shouhou.flows.walking import Walk
from shouhou.kernel import bpmn


def hear(event: Event, actor: Actor, now: datetime) -> None:
    """Let the runs of the event's root hear it."""
    if event.root_id == event.organisation_id:
        rearming.hear(event, now)
        return
    walk = Walk(event.root_id, event.organisation_id, now, event)
    page = contracts.STARTS.get(event.kind)
    if page is not None and page not in _pages(walk.runs):
        walk.start(page)
    else:
        _move(walk, event)
    if event.kind in contracts.MOVING:
        rearming.follow_facts(walk.runs, now)
    walk.review()


def _pages(runs: Runs) -> set[str]:
    """The pages of the live runs that nobody called."""
    return {run.row.page.key for run in runs.values() if run.row.parent_id is None}


def _move(walk: Walk, event: Event) -> None:
    """Complete the task that waits for the event, and tell those who already listen.

    What completed a task is no message for those who come to listen later; what nobody took is kept.
    """
    messages = contracts.messages_of(event)
    listening = [found for message in messages for found in _listening(walk, event, message)]
    task = _oldest(walk.runs, contracts.completed_by(event.kind))
    if task is not None:
        walk.complete(*task)
    for run, subscription_id in listening:
        if subscription_id in run.state.subscriptions:
            walk.deliver(run, subscription_id)
    if task is None and not listening:
        for message in messages:
            _begin_or_keep(walk, event, message)


def _listening(walk: Walk, event: Event, message: Message) -> list[tuple[LiveRun, Any]]:
    key = message.key(event) if message.key else None
    found = [(run, bpmn.listening(run.graph, run.state, message.name, key)) for run in walk.runs.values()]
    return [(run, row.id) for run, row in found if row is not None]


def _oldest(runs: Runs, keys: frozenset[str]) -> tuple[LiveRun, Any] | None:
    """The longest waiting token at a task with one of these keys."""
    waiting = [
        (token.since, token.id, run)
        for run in runs.values()
        for token in run.state.tokens.values()
        if token.state == "waiting" and run.graph.spots[token.node].key in keys
    ]
    _since, token_id, run = min(waiting, key=lambda found: found[:2], default=(None, None, None))
    return None if run is None else (run, token_id)


def _begin_or_keep(walk: Walk, event: Event, message: Message) -> None:
    """A message nobody took begins a page again that has a start for it, else it is kept for who comes."""
    over = Run.objects.filter(root_id=walk.root_id, parent=None).exclude(pk__in=list(walk.runs))
    last = over.select_related("page").order_by("-number").first()
    if last is not None and last.page.key not in _pages(walk.runs):
        start = _message_start(newest(walk.organisation_id, last.page.key, walk.now).pk, message.name)
        if start is not None:
            walk.start(last.page.key, at=start)
            return
    if walk.runs:
        kept.keep(event, message, walk.now)


def _message_start(version_id: Any, name: str) -> str | None:
    graph = graph_of(version_id)
    triggers = {node: graph.spots[node].trigger for node in graph.root.triggered}
    return next(
        (n for n, trigger in triggers.items() if trigger.kind == "message" and trigger.name == name), None
    )
