"""Clocks set again: a changed holiday, or a fact that says another moment now.

A clock whose fact has become unknown keeps the last instant it was given.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from shouhou.core import actor as actors
from shouhou.core.actor import Actor
from shouhou.core.calendar import calendar_of
from shouhou.core.jobs import enqueue, job
from shouhou.core.models import Event
from shouhou.core.use_case import lock_root, use_case
from shouhou.flows.evidence import Evidence
from shouhou.flows.models import Timer
from shouhou.flows.moments import resolve
from shouhou.flows.store import LiveRun, Runs, uuid_of
from shouhou.kernel import bpmn
from shouhou.kernel.bpmn import timing

CALENDAR = ("core.calendar_day_set", "core.calendar_seeded")
HOURS = ("core.working_hours", "core.working_weekdays")
REARM = "flows.rearm"


def hear(event: Event, now: datetime) -> None:
    """A changed calendar sets the organisation's clocks again, root by root, as jobs."""
    if event.kind in CALENDAR or (event.kind == "core.policy_set" and event.payload["key"] in HOURS):
        payload = {"organisation_id": str(event.organisation_id)}
        enqueue(REARM, payload, now=now, organisation_id=event.organisation_id, dedupe_key=str(event.id))


@job(REARM, outside=True)
def rearm(payload: Mapping[str, Any], now: datetime) -> None:
    """Set all clocks of an organisation again that run in working time. May be done twice."""
    organisation_id = UUID(payload["organisation_id"])
    roots = Timer.objects.filter(organisation_id=organisation_id).values_list("root_id", flat=True)
    for root_id in set(roots):
        rearm_root(root_id=root_id, actor=actors.job(organisation_id), now=now)


@use_case(REARM)
def rearm_root(*, root_id: UUID, actor: Actor, now: datetime) -> int:
    """Count the rules of a root's clocks on today's calendar; the number of clocks moved."""
    lock_root(root_id, actor.organisation_id)
    moved = 0
    for row in Timer.objects.filter(root_id=root_id):
        rule = timing.read(row.form, row.rule)
        if rule is None or rule.stretch is None or not rule.stretch.needs_calendar:
            continue
        onward = timing.Rule(rule.kind, rule.text, stretch=rule.stretch)
        due_at = resolve(onward, row.armed_at, partial(calendar_of, actor.organisation_id))
        if due_at != row.due_at:
            row.due_at = due_at
            row.save(update_fields=["due_at"])
            moved += 1
    return moved


def follow_facts(runs: Runs, now: datetime) -> None:
    """Set those clocks again whose moment is a fact that has changed."""
    for run in runs.values():
        for timer in list(run.state.timers.values()):
            due = moment_now(run, timer, now)
            if due is not None and due != timer.due:
                set_to(run, timer, due)


def moment_now(run: LiveRun, timer: bpmn.Timer, now: datetime) -> datetime | None:
    """What the fact behind a clock says now; nothing for a clock that reads no fact, or an unknown one."""
    trigger = run.graph.spots[timer.node].trigger
    if trigger.formula is None or trigger.form != "date":
        return None
    rule = timing.of_value("date", trigger.formula.evaluate(Evidence(run.row.root_id, now)))
    return None if rule is None else resolve(rule, now, partial(calendar_of, run.row.organisation_id))


def set_to(run: LiveRun, timer: bpmn.Timer, due: datetime) -> None:
    """Let a clock strike at another instant."""
    Timer.objects.filter(pk=uuid_of(timer.id)).update(due_at=due, rule=due.isoformat())
    timers = {**run.state.timers, timer.id: timer._replace(due=due, rule=due.isoformat())}
    run.state = replace(run.state, timers=timers)
