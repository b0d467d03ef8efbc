"""Repairs (处置): a person with the right retries, moves or ends what stands still, with a reason on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from uuid import UUID

from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.use_case import use_case
from shouhou.flows.contracts import in_language
from shouhou.flows.models import Incident, Run, Timer
from shouhou.flows.refusals import NotPossible, ReasonMissing
from shouhou.flows.store import Cause, LiveRun
from shouhou.flows.walking import Walk
from shouhou.kernel import bpmn

LONGEST_REASON = 300


@use_case("flows.retry_incident", on=Incident)
def retry_incident(incident: Incident, *, reason: str, actor: Actor, now: datetime) -> Incident:
    """Try again where a step stopped, after what was in the way is mended.

    Raises ``NotPossible`` when it was resolved meanwhile, ``ReasonMissing``.
    """
    why = _reason(reason)
    if incident.state != Incident.State.OPEN:
        raise NotPossible(
            reason=in_language("这条异常已经处理过了。", "This incident was dealt with already.")
        )
    walk, run = _walk(incident.run, now)
    _resolve(incident, Incident.State.RETRIED, why, actor, now)
    event = record("flows.incident_retried", incident, actor=actor, now=now, node=incident.node, reason=why)
    walk.cause = Cause(now, event)
    if incident.timer_id is not None:
        Timer.objects.filter(pk=incident.timer_id).update(stuck_at=None)
    else:
        with _said():
            walk.try_again(run, incident.token_id)
    return incident


@use_case("flows.jump", on=Run)
def jump(run: Run, *, token_id: UUID, node: str, reason: str, actor: Actor, now: datetime) -> Run:
    """Take a token and put it on another element, outside the drawing's own ways.

    Raises ``NotPossible`` for a token that is gone or an element out of reach, ``ReasonMissing``.
    """
    why = _reason(reason)
    walk, live = _walk(run, now)
    token = live.state.tokens.get(token_id)
    for incident in Incident.objects.filter(run=run, token_id=token_id, state=Incident.State.OPEN):
        _resolve(incident, Incident.State.MOVED, why, actor, now)
    left = token.node if token else ""
    event = record("flows.jumped", run, actor=actor, now=now, left=left, node=node, reason=why)
    walk.cause = Cause(now, event)
    with _said():
        walk.step(live, partial(bpmn.jump, token_id=token_id, node=node))
    return run


@use_case("flows.cancel_run", on=Run)
def cancel_run(run: Run, *, reason: str, actor: Actor, now: datetime) -> Run:
    """End a run by hand; nothing of it is left waiting, and the flow's gate is open on its root.

    Raises ``NotPossible`` when it is over, ``ReasonMissing``.
    """
    why = _reason(reason)
    walk, live = _walk(run, now)
    for incident in Incident.objects.filter(run=run, state=Incident.State.OPEN):
        _resolve(incident, Incident.State.MOVED, why, actor, now)
    event = record("flows.run_cancelled", run, actor=actor, now=now, run=run.number, reason=why)
    walk.cause = Cause(now, event)
    walk.step(live, bpmn.cancel)
    return live.row


def _reason(given: str) -> str:
    words = " ".join(given.split())[:LONGEST_REASON]
    if not words:
        raise ReasonMissing
    return words


def _walk(run: Run, now: datetime) -> tuple[Walk, LiveRun]:
    walk = Walk(run.root_id, run.organisation_id, now)
    live = walk.runs.get(run.pk)
    if live is None:
        raise NotPossible(reason=in_language("这个流程已经结束。", "This run is over."))
    return walk, live


def _resolve(incident: Incident, state: str, why: str, actor: Actor, now: datetime) -> None:
    incident.state, incident.reason = state, why
    incident.resolved_at, incident.resolved_by = now, actor.name
    incident.save(update_fields=["state", "reason", "resolved_at", "resolved_by"])


@contextmanager
def _said() -> Iterator[None]:
    """What the engine cannot do, as a refusal in the user's language."""
    try:
        yield
    except bpmn.NotPossible as why:
        raise NotPossible(reason=in_language(why.zh, why.en)) from None
