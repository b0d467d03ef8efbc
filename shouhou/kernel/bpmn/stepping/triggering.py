"""An event happens: a clock strikes, a message arrives, something is thrown and caught."""

from collections.abc import Callable

from shouhou.kernel.bpmn.changes import Thrown, What
from shouhou.kernel.bpmn.graph import Spot
from shouhou.kernel.bpmn.state import Id, Scope, Subscription, Token
from shouhou.kernel.bpmn.stepping import catching
from shouhou.kernel.bpmn.stepping.activities import finish
from shouhou.kernel.bpmn.stepping.catching import Catcher
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.scopes import (
    begin,
    cancel_token,
    empty,
    open_scope,
    remove_token,
)


def happen(
    machine: Machine, event: Spot, token_id: Id | None, scope_id: Id, what: What, cause: int | None = None
) -> None:
    """An armed event happens: at the boundary, at the event itself, behind an event gateway, or for
    a scope.
    """
    if token_id is None:
        _start_event_scope(machine, event, machine.scopes.rows[scope_id], what, cause)
    else:
        token = machine.tokens.rows[token_id]
        _HAPPENINGS.get(event.kind, _at_event)(machine, event, token, what, cause)


def _at_boundary(machine: Machine, event: Spot, token: Token, what: What, cause: int | None) -> None:
    reason = machine.record(what, event.id, cause, token_id=token.id, scope_id=token.scope_id)
    if event.interrupting:
        cancel_token(machine, token, reason)
    machine.moves.append(Move(event, token.scope_id, None, reason))


def _at_event(machine: Machine, event: Spot, token: Token, what: What, cause: int | None) -> None:
    if token.node == event.id:
        finish(machine, token, cause, what)
        return
    # The token waits at an event gateway in front: the first event to happen takes it.
    remove_token(machine, token)
    gateway = machine.graph.spots[token.node]
    flow = next((edge.id for edge in gateway.outgoing if edge.target == event.id), None)
    reason = machine.record("completed", token.node, cause, token_id=token.id, scope_id=token.scope_id)
    machine.go_on(Move(event, token.scope_id, flow, reason), what)


_HAPPENINGS: dict[str, Callable[[Machine, Spot, Token, What, int | None], None]] = {
    "boundaryEvent": _at_boundary,
}


def _start_event_scope(machine: Machine, event: Spot, scope: Scope, what: What, cause: int | None) -> None:
    """Begin an event sub-process; an interrupting one first withdraws everything in its scope."""
    reason = machine.record(what, event.id, cause, scope_id=scope.id)
    if event.interrupting:
        empty(machine, scope, reason)
    inside = open_scope(machine, event.container, "event", scope.id, None, reason)
    begin(machine, inside, (event.id,), reason)


def throw(machine: Machine, catcher: Catcher, cause: int | None) -> None:
    """Hand an error or escalation to who catches it."""
    if catcher.token is not None:
        _at_boundary(machine, catcher.spot, catcher.token, "received", cause)
    elif catcher.scope is not None:
        _start_event_scope(machine, catcher.spot, catcher.scope, "received", cause)


def escalate(machine: Machine, scope_id: Id, code: str | None, node: str, cause: int | None) -> None:
    """Throw an escalation from inside a scope; one that nobody catches leaves the run."""
    catcher = catching.from_scope(machine, scope_id, "escalation", code)
    if catcher is not None:
        throw(machine, catcher, cause)
    else:
        machine.escalations.append(Thrown("escalation", code or "", None, node))


def broadcast(machine: Machine, name: str, cause: int | None = None) -> list[Subscription]:
    """Every place of the run that waits for the signal hears it, in document order; says who did."""
    spots = machine.graph.spots
    hearing = [
        row for row in machine.subscriptions.rows.values() if row.kind == "signal" and row.name == name
    ]
    hearing.sort(key=lambda row: spots[row.node].order)
    return [row for row in hearing if receive(machine, row, cause)]


def receive(machine: Machine, row: Subscription, cause: int | None = None) -> bool:
    """A subscription is answered, unless an earlier answer of the same step took it away."""
    if row.id not in machine.subscriptions.rows:
        return False
    happen(machine, machine.graph.spots[row.node], row.token_id, row.scope_id, "received", cause)
    return True
