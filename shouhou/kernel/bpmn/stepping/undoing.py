"""Compensation: what was done is undone by its handler, the latest first.

When an activity with a compensation event on its edge is done, a subscription
of kind ``compensate`` remembers it in its scope, as often as it was done. A
thrown compensation hosts a scope of kind ``undo`` that walks through the
handlers one after the other and goes on when the last is done.
"""

from shouhou.kernel.bpmn.graph import Spot
from shouhou.kernel.bpmn.state import HOSTING, Id, Scope, Subscription
from shouhou.kernel.bpmn.stepping.machine import Machine, Move


def remember(machine: Machine, spot: Spot, scope_id: Id) -> None:
    """Remember that an activity was done and can be undone."""
    event = spot.undone_by
    if event is not None:
        row = Subscription(machine.world.new_id(), event, None, scope_id, "compensate", spot.id, None)
        machine.subscriptions.add(row)


def undo(machine: Machine, move: Move) -> bool:
    """Begin to undo what is remembered, all or one activity; ``False`` when there is nothing."""
    done = _remembered(machine, machine.scopes.rows[move.scope_id], move.spot.trigger.name)
    if not done:
        return False
    for row in done:
        machine.subscriptions.remove(row.id)
    handlers = tuple(machine.graph.spots[row.node].compensation for row in reversed(done))
    host = machine.rest(move, HOSTING)
    scope_id = machine.world.new_id()
    total = len(handlers)
    scope = Scope(scope_id, move.spot.id, "undo", move.scope_id, host.id, total, items=handlers)
    machine.scopes.add(scope)
    return undo_next(machine, scope, machine.seq)


def undo_next(machine: Machine, scope: Scope, cause: int | None) -> bool:
    """Begin the next handler; ``False`` when all are done."""
    handlers = scope.items or ()
    if scope.started == len(handlers):
        return False
    handler = str(handlers[scope.started])
    machine.scopes.change(scope._replace(started=scope.started + 1))
    machine.moves.append(Move(machine.graph.spots[handler], scope.id, None, cause))
    return True


def _remembered(machine: Machine, scope: Scope, activity: str | None) -> list[Subscription]:
    """What can be undone from a scope, oldest first; an event sub-process undoes the level it listens to."""
    scopes = {scope.id, scope.parent_id} if scope.kind == "event" else {scope.id}
    return [
        row
        for row in machine.subscriptions.rows.values()
        if row.kind == "compensate" and row.scope_id in scopes and activity in (None, row.name)
    ]
