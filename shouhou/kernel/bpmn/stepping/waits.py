"""Arm and disarm what events wait for: timers, messages, signals, conditions.

All rules and keys are worked out before the first row is written, so that a
missing fact leaves an incident and not half a set of clocks.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shouhou.kernel.bpmn import timing
from shouhou.kernel.bpmn.graph import Spot, Trigger
from shouhou.kernel.bpmn.state import Id, Scope, Subscription, Timer, Token
from shouhou.kernel.bpmn.stepping.machine import Machine
from shouhou.kernel.bpmn.stepping.routes import instance
from shouhou.kernel.bpmn.stepping.sentences import trouble
from shouhou.kernel.bpmn.timing import Rule


class Wait(NamedTuple):
    """An event ready to be armed: its timer rule and instant, or its name and key."""

    spot: Spot
    trigger: Trigger
    timer: Timer | None = None
    key: str | None = None


def prepare(machine: Machine, events: Iterable[str], scope_id: Id, counter: int | None = None) -> list[Wait]:
    """What the events wait for, worked out. Raises ``Trouble`` for a time or key that is not clear.

    ``counter`` is the instance's number inside a scope of a repeated activity.
    """
    known = instance(machine.graph, machine.scopes.rows[scope_id], counter) if counter is not None else None
    return [_prepare(machine, machine.graph.spots[event], scope_id, known) for event in events]


def _prepare(machine: Machine, spot: Spot, scope_id: Id, known: Mapping[str, object] | None) -> Wait:
    trigger = spot.message or spot.trigger
    if trigger.kind == "timer":
        return Wait(spot, trigger, _timer(machine, spot, trigger, scope_id))
    key = machine.answer(trigger.key, scope_id, known) if trigger.key else None
    return Wait(spot, trigger, key=None if key is None else str(key))


def arm(machine: Machine, waits: Iterable[Wait], scope_id: Id, token: Token | None) -> None:
    """Write the rows; they belong to the token, or to the scope of an event sub-process."""
    token_id = token.id if token else None
    for spot, trigger, timer, key in waits:
        if timer is not None:
            machine.timers.add(timer._replace(token_id=token_id))
        elif trigger.kind in ("message", "signal", "conditional"):
            row = Subscription(
                machine.world.new_id(),
                spot.id,
                token_id,
                scope_id,
                trigger.kind,  # type: ignore[arg-type]
                trigger.name or "",
                key,
            )
            machine.subscriptions.add(row)


def disarm_token(machine: Machine, token: Token) -> None:
    """Take away what a token waits for, when it goes."""
    if machine.graph.spots[token.node].waits:
        timers = [row.id for row in machine.timers.rows.values() if row.token_id == token.id]
        rows = machine.subscriptions.rows.values()
        _remove(machine, timers, [row.id for row in rows if row.token_id == token.id])


def disarm_scope(machine: Machine, scope: Scope, *, forget: bool = False) -> None:
    """Take away what the event sub-processes of a scope wait for, when it closes.

    ``forget`` also takes what a compensation could undo; a level that is only
    interrupted keeps it for its event sub-process.
    """
    container = machine.graph.containers.get(scope.node)
    if container is None or not (container.listeners or machine.graph.undoes):
        return
    timers = [row.id for row in machine.timers.rows.values() if _of_scope(row, scope)]
    rows = machine.subscriptions.rows.values()
    subscriptions = [row.id for row in rows if _of_scope(row, scope) and (forget or row.kind != "compensate")]
    _remove(machine, timers, subscriptions)


def _of_scope(row: Timer | Subscription, scope: Scope) -> bool:
    return row.token_id is None and row.scope_id == scope.id


def _remove(machine: Machine, timers: list[Id], subscriptions: list[Id]) -> None:
    for row_id in timers:
        machine.timers.remove(row_id)
    for row_id in subscriptions:
        machine.subscriptions.remove(row_id)


def rearm(machine: Machine, timer: Timer) -> None:
    """Count a fired timer down, and set a cycle's next instant."""
    left = None if timer.left is None else timer.left - 1
    rule = timing.read(timer.form, timer.rule)
    if left == 0 or rule is None or rule.kind != "cycle":
        machine.timers.remove(timer.id)
        return
    onward = Rule("cycle", rule.text, stretch=rule.stretch)
    due = machine.world.due(onward, timer.due)
    # After a long pause the missed rounds are not all fired one after the other.
    if due <= machine.world.now:
        due = machine.world.due(onward, machine.world.now)
    machine.timers.change(timer._replace(due=due, left=left))


def _timer(machine: Machine, spot: Spot, trigger: Trigger, scope_id: Id) -> Timer:
    rule, value = trigger.rule, None
    if rule is None and trigger.formula is not None:
        value = machine.answer(trigger.formula, scope_id)
        rule = timing.of_value(trigger.form or "", value)
    if rule is None:
        raise trouble("flow.timer_due", node=spot.name or spot.id, value="—" if value is None else value)
    try:
        due = machine.world.due(rule, machine.world.now)
    except (OverflowError, ValueError):
        raise trouble("flow.timer_due", node=spot.name or spot.id, value=rule.text) from None
    row_id = machine.world.new_id()
    return Timer(row_id, spot.id, None, scope_id, rule.kind, rule.text, due, rule.times)
