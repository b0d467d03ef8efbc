"""Open, close and cancel the levels of a run.

A scope is closed when nothing is left in it. Cancelling takes the whole subtree
away: tokens, scopes inside, timers, subscriptions, tokens on the move, and tells
the store which called runs must stop.
"""

from typing import Literal

from shouhou.kernel.bpmn.graph import Container
from shouhou.kernel.bpmn.problems import Trouble
from shouhou.kernel.bpmn.state import FAILED, HOSTING, WAITING, Id, Scope, Token
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.waits import arm, disarm_scope, disarm_token, prepare


def open_scope(
    machine: Machine,
    node: str,
    kind: Literal["process", "inside", "event"],
    parent_id: Id | None,
    host_id: Id | None,
    cause: int | None,
) -> Scope:
    """Open a level, begin its starts and listen for its event sub-processes."""
    scope = Scope(machine.world.new_id(), node, kind, parent_id, host_id)
    machine.scopes.add(scope)
    container = machine.graph.containers[node]
    listen(machine, container, scope, cause)
    return scope


def listen(machine: Machine, container: Container, scope: Scope, cause: int | None) -> None:
    """Arm the event sub-processes of a scope; one whose clock is not clear stops as an incident at
    its start.
    """
    for event in container.listeners:
        try:
            arm(machine, prepare(machine, [event], scope.id), scope.id, None)
        except Trouble as reason:
            move = Move(machine.graph.spots[event], scope.id, None, cause)
            machine.fail(machine.rest(move, FAILED, "failed"), reason)


def begin(machine: Machine, scope: Scope, starts: tuple[str, ...], cause: int | None) -> None:
    """Put a token on each start; a level without any is empty at once."""
    for start in starts:
        machine.moves.append(Move(machine.graph.spots[start], scope.id, None, cause))
    if not starts:
        machine.emptied[scope.id] = cause


def remove_token(machine: Machine, token: Token) -> None:
    """Take a token away, with what it waits for."""
    disarm_token(machine, token)
    machine.tokens.remove(token.id)


def cancel_token(machine: Machine, token: Token, cause: int | None) -> None:
    """Withdraw a token and all that happens inside it."""
    for scope in _inside_of(machine, token):
        cancel_scope(machine, scope, cause)
    remove_token(machine, token)
    if token.state == WAITING and machine.graph.spots[token.node].kind == "callActivity":
        machine.stopped.append(token.id)
    machine.record("cancelled", token.node, cause, token_id=token.id, scope_id=token.scope_id)


def cancel_scope(machine: Machine, scope: Scope, cause: int | None) -> None:
    """Close a level at once, with everything in it."""
    empty(machine, scope, cause)
    drop(machine, scope.id)


def empty(machine: Machine, scope: Scope, cause: int | None) -> None:
    """Withdraw everything in a level, and leave it open: an interrupting event sub-process follows,
    or its end.
    """
    for token in tokens_in(machine, scope.id):
        cancel_token(machine, token, cause)
    for child in scopes_in(machine, scope.id):
        cancel_scope(machine, child, cause)
    disarm_scope(machine, scope)
    machine.emptied.pop(scope.id, None)
    if any(move.scope_id == scope.id for move in machine.moves):
        kept = [move for move in machine.moves if move.scope_id != scope.id]
        machine.moves.clear()
        machine.moves.extend(kept)


def drop(machine: Machine, scope_id: Id) -> None:
    """Take an empty level away, and forget what could have been undone in it."""
    disarm_scope(machine, machine.scopes.rows[scope_id], forget=True)
    machine.scopes.remove(scope_id)
    machine.emptied.pop(scope_id, None)


def tokens_in(machine: Machine, scope_id: Id) -> list[Token]:
    """The tokens directly in a level."""
    return [token for token in machine.tokens.rows.values() if token.scope_id == scope_id]


def scopes_in(machine: Machine, scope_id: Id) -> list[Scope]:
    """The levels directly in a level that no token hosts: event sub-processes under way."""
    return [
        scope
        for scope in machine.scopes.rows.values()
        if scope.parent_id == scope_id and scope.host_id is None
    ]


def _inside_of(machine: Machine, token: Token) -> list[Scope]:
    if token.state != HOSTING:
        return []
    return [scope for scope in machine.scopes.rows.values() if scope.host_id == token.id]


def is_empty(machine: Machine, scope_id: Id) -> bool:
    """Whether nothing is left in a level."""
    return not any(token.scope_id == scope_id for token in machine.tokens.rows.values()) and not any(
        scope.parent_id == scope_id for scope in machine.scopes.rows.values()
    )
