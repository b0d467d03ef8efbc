"""Start, intermediate and end events, as a token reaches them."""

from collections.abc import Callable

from shouhou.kernel.bpmn.changes import Thrown, What
from shouhou.kernel.bpmn.state import BROKEN
from shouhou.kernel.bpmn.stepping import catching
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.scopes import cancel_scope, empty
from shouhou.kernel.bpmn.stepping.sentences import trouble
from shouhou.kernel.bpmn.stepping.triggering import broadcast, escalate, throw
from shouhou.kernel.bpmn.stepping.undoing import undo
from shouhou.kernel.bpmn.stepping.waits import arm, prepare


def enter_start(machine: Machine, move: Move) -> None:
    """A token begins; one that listens for its scope and was stopped by an unclear clock listens again."""
    scope = machine.scopes.rows[move.scope_id]
    if move.spot.container == scope.node:
        machine.go_on(move)
    else:
        arm(machine, prepare(machine, [move.spot.id], scope.id), scope.id, None)
        machine.emptied[scope.id] = move.cause


def enter_catch(machine: Machine, move: Move) -> None:
    """Wait for the event; a none event or a link's end is passed."""
    if move.spot.trigger.kind in ("none", "link"):
        machine.go_on(move)
        return
    waits = prepare(machine, [move.spot.id], move.scope_id)
    arm(machine, waits, move.scope_id, machine.rest(move))


def enter_boundary(machine: Machine, move: Move) -> None:
    """The event has happened; its flows are taken."""
    machine.go_on(move)


def enter_throw(machine: Machine, move: Move) -> None:
    """Throw, then go on, unless what was thrown withdrew the token."""
    spot = move.spot
    if spot.trigger.kind == "link":
        _jump_link(machine, move)
        return
    if spot.trigger.kind == "compensate" and undo(machine, move):
        return
    edges, key, thrown = (
        machine.ways(spot, move.scope_id),
        _key(machine, move),
        _THROWS.get(spot.trigger.kind),
    )
    cause = _recorded(machine, move, "thrown" if thrown else "passed")
    machine.take(edges, move.scope_id, cause)
    if thrown:
        thrown(machine, move, cause, key)


def _jump_link(machine: Machine, move: Move) -> None:
    name = move.spot.trigger.name or ""
    target = machine.graph.links.get((move.spot.container, name))
    if target is None:
        raise trouble("flow.link", name=name)
    cause = _recorded(machine, move, "passed")
    machine.moves.append(Move(machine.graph.spots[target], move.scope_id, None, cause))


def enter_end(machine: Machine, move: Move) -> None:
    """A token ends, with what its end event throws."""
    _ENDS.get(move.spot.trigger.kind, _end)(machine, move)


def _end(machine: Machine, move: Move) -> None:
    if move.spot.trigger.kind == "compensate" and undo(machine, move):
        return
    thrown, key = _THROWS.get(move.spot.trigger.kind), _key(machine, move)
    cause = _recorded(machine, move, "thrown" if thrown else "passed")
    machine.emptied[move.scope_id] = cause
    if thrown:
        thrown(machine, move, cause, key)


def _recorded(machine: Machine, move: Move, what: What) -> int:
    return machine.record(what, move.spot.id, move.cause, flow=move.flow, scope_id=move.scope_id)


def _key(machine: Machine, move: Move) -> str | None:
    """The correlation key of a message to be thrown, worked out before anything changes."""
    key = move.spot.trigger.key
    value = machine.answer(key, move.scope_id) if key else None
    return None if value is None else str(value)


def _terminate(machine: Machine, move: Move) -> None:
    """Everything in this level ends, the levels around go on."""
    cause = _recorded(machine, move, "passed")
    empty(machine, machine.scopes.rows[move.scope_id], cause)
    machine.emptied[move.scope_id] = cause


def _error(machine: Machine, move: Move) -> None:
    """The error goes up to who catches it. Nobody: a called run breaks, a run of its own stops as
    an incident.
    """
    spot, code = move.spot, move.spot.trigger.name
    catcher = catching.from_scope(machine, move.scope_id, "error", code)
    if catcher is None and not machine.world.called:
        raise trouble("flow.error_uncaught", node=spot.name or spot.id, error=code or "—")
    cause = _recorded(machine, move, "thrown")
    machine.emptied[move.scope_id] = cause
    if catcher is not None:
        throw(machine, catcher, cause)
    else:
        break_run(machine, code or "", cause)


def break_run(machine: Machine, code: str, cause: int) -> None:
    """End the run by an error that its caller must catch."""
    root = next(scope for scope in machine.scopes.rows.values() if scope.parent_id is None)
    cancel_scope(machine, root, cause)
    machine.moves.clear()
    machine.emptied.clear()
    machine.status = BROKEN
    machine.error = code
    machine.record("ended", machine.graph.process, cause, scope_id=root.id)


_ENDS: dict[str, Callable[[Machine, Move], None]] = {"terminate": _terminate, "error": _error}


def _send(machine: Machine, move: Move, cause: int, key: str | None) -> None:
    machine.messages.append(Thrown("message", move.spot.trigger.name or "", key, move.spot.id))


def _signal(machine: Machine, move: Move, cause: int, key: str | None) -> None:
    name = move.spot.trigger.name or ""
    machine.signals.append(Thrown("signal", name, None, move.spot.id))
    broadcast(machine, name, cause)


def _escalate(machine: Machine, move: Move, cause: int, key: str | None) -> None:
    escalate(machine, move.scope_id, move.spot.trigger.name, move.spot.id, cause)


_THROWS: dict[str, Callable[[Machine, Move, int, str | None], None]] = {
    "message": _send,
    "signal": _signal,
    "escalation": _escalate,
}
