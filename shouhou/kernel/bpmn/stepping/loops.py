"""Repeated activities: multi-instance, parallel or one after the other, and standard loops.

The activity's own token hosts a scope of kind ``each``; the instances are tokens
at the same node in that scope, numbered from 1. Boundary events belong to the
host, so one clock runs for the whole, as BPMN has it.
"""

from collections.abc import Sequence

from shouhou.kernel.bpmn.graph import Repeat, Spot
from shouhou.kernel.bpmn.state import Id, Scope, Token
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.routes import instance
from shouhou.kernel.bpmn.stepping.scopes import drop, empty, remove_token
from shouhou.kernel.bpmn.stepping.sentences import trouble


class Plan:
    """How often, and over what: worked out before the first instance begins."""

    __slots__ = ("items", "total")

    def __init__(self, total: int | None, items: tuple[object, ...] | None = None) -> None:
        self.total = total
        self.items = items


def plan(machine: Machine, spot: Spot, repeat: Repeat, scope_id: Id) -> Plan:
    """How often the activity is done. Raises ``Trouble`` when the facts do not say."""
    if repeat.kind == "standard":
        again = not repeat.test_before or _again(machine, repeat, scope_id, 0)
        return Plan(None if again and repeat.maximum != 0 else 0)
    if repeat.collection is not None:
        value = machine.answer(repeat.collection, scope_id)
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            raise trouble("flow.count", node=spot.name or spot.id, value=_said(value))
        found = Plan(len(value), tuple(value))
    else:
        value = machine.answer(repeat.cardinality, scope_id) if repeat.cardinality else None
        found = Plan(_whole(value, spot))
    if (found.total or 0) > machine.world.limit:
        limit = machine.world.limit
        raise trouble("flow.too_many", node=spot.name or spot.id, count=found.total, limit=limit)
    return found


def _whole(value: object, spot: Spot) -> int:
    try:
        number = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        number = -1
    if number < 0 or number != value or isinstance(value, bool):
        raise trouble("flow.count", node=spot.name or spot.id, value=_said(value))
    return int(number)


def _said(value: object) -> str:
    return "—" if value is None else str(value)


def _again(machine: Machine, repeat: Repeat, scope_id: Id, done: int) -> bool:
    return repeat.condition is None or machine.holds(repeat.condition, scope_id, {"loopCounter": done})


def open_each(machine: Machine, spot: Spot, host: Token, planned: Plan, cause: int | None) -> None:
    """Begin the instances: all of a parallel activity, the first of the others."""
    together = spot.repeat is not None and spot.repeat.kind == "parallel"
    first = planned.total if together and planned.total is not None else 1
    scope = Scope(
        machine.world.new_id(),
        spot.id,
        "each",
        host.scope_id,
        host.id,
        planned.total,
        started=first,
        items=planned.items,
    )
    machine.scopes.add(scope)
    for counter in range(1, first + 1):
        machine.moves.append(Move(spot, scope.id, None, cause, counter))


def count(machine: Machine, token: Token, each: Scope, last: bool, cause: int) -> None:
    """Take a finished instance away; then begin the next, or close the activity and withdraw what
    is left of it.
    """
    remove_token(machine, token)
    if last:
        empty(machine, each, cause)
        drop(machine, each.id)
        return
    each = each._replace(done=each.done + 1)
    spot = machine.graph.spots[each.node]
    if spot.repeat is not None and spot.repeat.kind != "parallel":
        each = each._replace(started=each.started + 1)
        machine.moves.append(Move(spot, each.id, None, cause, each.started))
    machine.scopes.change(each)


def is_last(machine: Machine, each: Scope, counter: int) -> bool:
    """Whether the activity is done with this instance. Raises ``Trouble`` when its condition cannot
    be worked out.
    """
    repeat, done = machine.graph.spots[each.node].repeat, each.done + 1
    if repeat is None or (each.total is not None and done >= each.total):
        return True
    if repeat.kind == "standard":
        bounded = repeat.maximum is not None and done >= repeat.maximum
        return bounded or not _again(machine, repeat, each.parent_id, done)
    if repeat.completion is None:
        return False
    counts = {
        "numberOfInstances": each.total,
        "numberOfCompletedInstances": done,
        "numberOfActiveInstances": each.started - done,
        "numberOfTerminatedInstances": 0,
    }
    known = instance(machine.graph, each, counter)
    return machine.holds(repeat.completion, each.parent_id, {**known, **counts})
