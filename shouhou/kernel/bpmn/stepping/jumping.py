"""Put a token somewhere else: a person's decision, outside what the drawing allows."""

from shouhou.kernel.bpmn.graph import Spot
from shouhou.kernel.bpmn.state import Scope, Token
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.scopes import cancel_scope, cancel_token
from shouhou.kernel.bpmn.stepping.sentences import not_possible


def jump_to(machine: Machine, token: Token, node: str) -> None:
    """Withdraw the token and enter ``node`` in the scope around it that the node belongs to.

    A jump out of a sub-process withdraws that whole sub-process: its other
    tokens have no place any more. Raises ``NotPossible``.
    """
    spot = machine.graph.spots.get(node)
    leaving: Token | Scope | None = token
    while leaving is not None and spot is not None and spot.kind != "boundaryEvent":
        scope = _around(machine, leaving)
        if scope is not None and _holds(machine, scope, spot):
            _move(machine, leaving, scope, spot)
            return
        leaving = machine.tokens.rows.get(scope.host_id) or scope if scope is not None else None
    raise not_possible("flow.out_of_reach", node=node)


def _around(machine: Machine, leaving: Token | Scope) -> Scope | None:
    """The scope a token or a scope stands in."""
    outer = leaving.scope_id if isinstance(leaving, Token) else leaving.parent_id
    return machine.scopes.rows.get(outer)


def _holds(machine: Machine, scope: Scope, spot: Spot) -> bool:
    """Whether a token may enter the node in this scope; what listens is begun by its event alone."""
    if scope.node != spot.container or scope.kind == "each":
        return False
    spots = machine.graph.spots
    listeners = machine.graph.containers[scope.node].listeners
    return all(spots[event].container != spot.id for event in listeners)


def _move(machine: Machine, leaving: Token | Scope, scope: Scope, spot: Spot) -> None:
    token_id = leaving.id if isinstance(leaving, Token) else None
    cause = machine.record("jumped", leaving.node, token_id=token_id, scope_id=scope.id)
    if isinstance(leaving, Token):
        cancel_token(machine, leaving, cause)
    else:
        cancel_scope(machine, leaving, cause)
    machine.moves.append(Move(spot, scope.id, None, cause))
