"""Tasks, sub-processes and call activities: begin, wait, finish."""

from collections.abc import Callable

from shouhou.kernel.bpmn.changes import Call, Child, Offer, What
from shouhou.kernel.bpmn.problems import Trouble
from shouhou.kernel.bpmn.state import HOSTING, LEAVING, Id, Token
from shouhou.kernel.bpmn.stepping.loops import count, is_last, open_each, plan
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.scopes import begin, open_scope, remove_token
from shouhou.kernel.bpmn.stepping.undoing import remember
from shouhou.kernel.bpmn.stepping.waits import Wait, arm, disarm_token, prepare


def enter_activity(machine: Machine, move: Move) -> None:
    """A token reaches an activity: once, or as the host of its instances. Raises ``Trouble`` before
    any change.
    """
    spot = move.spot
    events: tuple[str, ...] = ()
    # An instance has no boundary of its own: the events belong to the activity as a whole.
    if move.counter is None:
        events = (*spot.caught, spot.id) if spot.message and not spot.repeat else spot.caught
        if spot.repeat is not None:
            _enter_repeated(machine, move)
            return
    elif spot.message:
        events = (spot.id,)
    waits = prepare(machine, events, move.scope_id, move.counter) if events else ()
    _BEGIN.get(spot.kind, _offer)(machine, move, tuple(waits))


def _enter_repeated(machine: Machine, move: Move) -> None:
    spot = move.spot
    assert spot.repeat is not None
    planned = plan(machine, spot, spot.repeat, move.scope_id)
    if planned.total == 0:
        machine.go_on(move)
        return
    waits = prepare(machine, spot.caught, move.scope_id)
    host = machine.rest(move, HOSTING)
    arm(machine, waits, host.scope_id, host)
    open_each(machine, spot, host, planned, machine.seq)


def _rest(machine: Machine, move: Move, waits: tuple[Wait, ...]) -> Token:
    token = machine.rest(move)
    if waits:
        arm(machine, waits, token.scope_id, token)
    return token


def _offer(machine: Machine, move: Move, waits: tuple[Wait, ...]) -> None:
    token = _rest(machine, move, waits)
    machine.offers.append(Offer(token.id, move.spot, token.scope_id, token.counter))


def _call_verb(machine: Machine, move: Move, waits: tuple[Wait, ...]) -> None:
    token = _rest(machine, move, waits)
    machine.calls.append(Call(token.id, move.spot, token.scope_id, token.counter))


def _call_run(machine: Machine, move: Move, waits: tuple[Wait, ...]) -> None:
    token = _rest(machine, move, waits)
    machine.children.append(Child(token.id, move.spot, move.spot.called or "", token.counter))


def _go_inside(machine: Machine, move: Move, waits: tuple[Wait, ...]) -> None:
    host = machine.rest(move, HOSTING)
    if waits:
        arm(machine, waits, host.scope_id, host)
    cause = machine.seq
    scope = open_scope(machine, move.spot.id, "inside", host.scope_id, host.id, cause)
    begin(machine, scope, machine.graph.containers[move.spot.id].starts, cause)


_BEGIN: dict[str, Callable[[Machine, Move, tuple[Wait, ...]], None]] = {
    "serviceTask": _call_verb,
    "sendTask": _call_verb,
    "businessRuleTask": _call_verb,
    "callActivity": _call_run,
    "subProcess": _go_inside,
}


def finish(machine: Machine, token: Token, cause: int | None, what: What = "completed") -> None:
    """The token's node is done: count the instance, or take the flows out. One that cannot leave
    stops there.
    """
    spot = machine.graph.spots[token.node]
    if token.counter is not None:
        _finish_instance(machine, token, cause, what)
        return
    try:
        edges = machine.ways(spot, token.scope_id)
    except Trouble as reason:
        _hold(machine, token, cause, reason)
        return
    remove_token(machine, token)
    done = machine.record(what, spot.id, cause, token_id=token.id, scope_id=token.scope_id)
    if spot.undone_by is not None:
        remember(machine, spot, token.scope_id)
    machine.take(edges, token.scope_id, done)


def _finish_instance(machine: Machine, token: Token, cause: int | None, what: What) -> None:
    each = machine.scopes.rows[token.scope_id]
    try:
        last = is_last(machine, each, token.counter or 0)
    except Trouble as reason:
        _hold(machine, token, cause, reason)
        return
    done = machine.record(what, token.node, cause, token_id=token.id, scope_id=each.id)
    count(machine, token, each, last, done)
    if last:
        finish(machine, _host(machine, each.host_id), done)


def _host(machine: Machine, token_id: Id | None) -> Token:
    return machine.tokens.rows[token_id]


def _hold(machine: Machine, token: Token, cause: int | None, reason: Trouble) -> None:
    """Done, but no way out: the token stays at its node without clocks, until the facts are corrected."""
    held = token._replace(state=LEAVING)
    disarm_token(machine, token)
    machine.tokens.change(held)
    machine.record("failed", token.node, cause, token_id=token.id, scope_id=token.scope_id)
    machine.fail(held, reason)
