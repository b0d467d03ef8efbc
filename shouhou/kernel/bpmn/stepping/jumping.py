"""Put a token somewhere else: a person's decision, outside what the drawing allows."""

from shouhou.kernel.bpmn.state import Scope, Token
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.scopes import cancel_token
from shouhou.kernel.bpmn.stepping.sentences import not_possible


def jump_to(machine: Machine, token: Token, node: str) -> None:
    """Withdraw the token and enter ``node`` in the scope around it that the node belongs to.

    A jump out of a sub-process withdraws that whole sub-process: its other
    tokens have no place any more.
    """
    spot = machine.graph.spots.get(node)
    scope: Scope | None = machine.scopes.rows[token.scope_id]
    leaving = token
    while spot is not None and scope is not None:
        if scope.node == spot.container and scope.kind != "each" and spot.kind != "boundaryEvent":
            cause = machine.record("jumped", leaving.node, token_id=token.id, scope_id=scope.id)
            cancel_token(machine, leaving, cause)
            machine.moves.append(Move(spot, scope.id, None, cause))
            return
        if scope.host_id is not None:
            leaving = machine.tokens.rows[scope.host_id]
            scope = machine.scopes.rows[leaving.scope_id]
        else:
            scope = None
    raise not_possible("flow.out_of_reach", node=node)
