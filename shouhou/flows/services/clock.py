"""What the clock and jobs do to runs: one timer, one transaction; the root is locked first."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from shouhou.core import actor as actors
from shouhou.core.actor import Actor
from shouhou.core.events import record
from shouhou.core.jobs import job
from shouhou.core.models import Root
from shouhou.core.use_case import current, lock_root, use_case
from shouhou.flows import incidents, rearming
from shouhou.flows.incidents import Reason
from shouhou.flows.models import Timer
from shouhou.flows.store import Cause
from shouhou.flows.walking import HEAR_SIGNAL, Walk
from shouhou.kernel import bpmn


@use_case("flows.fire_timer")
def fire_timer(*, timer_id: UUID, root_id: UUID, actor: Actor, now: datetime) -> bool:
    """Let a due clock strike; whether it did.

    It does not when somebody works on the root at this moment (the next round comes soon), when the clock
    is gone, or when the fact it reads says a later moment now.
    """
    if not _claim(root_id, actor.organisation_id):
        return False
    walk = Walk(root_id, actor.organisation_id, now)
    run = next((run for run in walk.runs.values() if timer_id in run.state.timers), None)
    if run is None:
        return False
    timer = run.state.timers[timer_id]
    moment = rearming.moment_now(run, timer, now)
    if moment is not None and moment != timer.due:
        rearming.set_to(run, timer, moment)
        timer = run.state.timers[timer_id]
    if timer.due > now:
        return False
    event = record(
        "flows.timer_fired", run.row, actor=actor, now=now, node=timer.node, rule=timer.rule, due=timer.due
    )
    walk.cause = Cause(now, event)
    walk.step(run, partial(bpmn.fire, timer_id=timer_id))
    return True


def _claim(root_id: UUID, organisation_id: UUID) -> bool:
    """Lock a root unless someone has it: the clock does not stand in a queue behind people."""
    rows = Root.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    root = rows.filter(pk=root_id, organisation_id=organisation_id).first()
    if root is not None:
        current().roots[root_id] = root
    return root is not None


@use_case("flows.hold_timer")
def hold_timer(*, timer_id: UUID, root_id: UUID, fault: str, actor: Actor, now: datetime) -> None:
    """Leave a clock alone that met a fault of the program, and show it to a person."""
    lock_root(root_id, actor.organisation_id)
    walk = Walk(root_id, actor.organisation_id, now)
    for run in walk.runs.values():
        timer = run.state.timers.get(timer_id)
        if timer is not None:
            Timer.objects.filter(pk=timer_id).update(stuck_at=now)
            name = incidents.called(run.graph.spots[timer.node])
            reason = Reason(
                "flows.timer_fault",
                f"定时器“{name}”触发时程序出错（{fault}），已记入日志。请重试，或联系管理员。",
                f"The timer “{name}” met a fault of the program ({fault}), kept in the log. "
                "Retry, or tell the administrator.",
            )
            incident = bpmn.Incident(timer.token_id, timer.node, reason.code, reason.en, reason.zh)
            incidents.put(run, incident, reason, walk.cause, timer_id=timer_id)


@job(HEAR_SIGNAL, outside=True)
def carry_signal(payload: Mapping[str, Any], now: datetime) -> None:
    """Take a signal to another root, in a transaction of its own."""
    actor = actors.engine(UUID(payload["organisation_id"]))
    hear_signal(root_id=UUID(payload["root_id"]), name=payload["name"], actor=actor, now=now)


@use_case("flows.hear_signal")
def hear_signal(*, root_id: UUID, name: str, actor: Actor, now: datetime) -> None:
    """Let the runs of a root hear a signal thrown on another."""
    lock_root(root_id, actor.organisation_id)
    walk = Walk(root_id, actor.organisation_id, now)
    for run in list(walk.runs.values()):
        event = record("flows.signal_heard", run.row, actor=actor, now=now, name=name)
        walk.cause = Cause(now, event)
        walk.step(run, partial(bpmn.signal, name=name))
