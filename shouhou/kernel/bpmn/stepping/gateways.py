"""Gateways that wait: parallel and inclusive joins, and the gateway behind which events compete."""

from shouhou.kernel.bpmn.graph import Spot
from shouhou.kernel.bpmn.state import JOINING, WAITING, Id, Token
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.waits import arm, prepare


def enter_parallel(machine: Machine, move: Move) -> None:
    """Wait for a token from every incoming flow, then send one along every outgoing flow."""
    spot = move.spot
    if len(spot.incoming) < 2 or move.flow is None:
        machine.go_on(move)
        return
    here = _waiting(machine, spot, move.scope_id)
    missing = {edge.id for edge in spot.incoming} - here.keys() - {move.flow}
    if missing:
        machine.rest(move, JOINING, "joined")
        return
    here.pop(move.flow, None)
    for token in here.values():
        machine.tokens.remove(token.id)
    machine.go_on(move)


def enter_inclusive(machine: Machine, move: Move) -> None:
    """Wait for every branch that can still come; who is last is only known when the step is at rest."""
    if len(move.spot.incoming) < 2 or move.flow is None:
        machine.go_on(move)
    else:
        machine.rest(move, JOINING, "joined")


def enter_event_gateway(machine: Machine, move: Move) -> None:
    """Wait for the first of the events behind; the others are then forgotten."""
    events = [edge.target for edge in move.spot.outgoing]
    waits = prepare(machine, events, move.scope_id)
    arm(machine, waits, move.scope_id, machine.rest(move, WAITING))


def release_inclusive(machine: Machine) -> bool:
    """Let the first inclusive join pass that nothing more can reach; ``True`` when one did."""
    if not machine.graph.reach:
        return False
    order = machine.graph.spots
    joins = {
        (order[t.node].order, t.node, t.scope_id) for t in machine.tokens.rows.values() if _joins(machine, t)
    }
    for _order, node, scope_id in sorted(joins, key=lambda join: join[0]):
        if _is_complete(machine, node, scope_id):
            _release(machine, order[node], scope_id)
            return True
    return False


def _joins(machine: Machine, token: Token) -> bool:
    return token.state == JOINING and token.node in machine.graph.reach


def _is_complete(machine: Machine, node: str, scope_id: Id) -> bool:
    """Whether no token elsewhere can reach an empty incoming flow without also reaching a filled one."""
    filled = _waiting(machine, machine.graph.spots[node], scope_id).keys()
    leading = machine.graph.reach[node]
    empty: set[str] = set().union(*(nodes for flow, nodes in leading.items() if flow not in filled))
    instead: set[str] = set().union(*(nodes for flow, nodes in leading.items() if flow in filled))
    coming = empty - instead
    return not any(
        token.scope_id == scope_id and token.node in coming for token in machine.tokens.rows.values()
    )


def _release(machine: Machine, spot: Spot, scope_id: Id) -> None:
    here = _waiting(machine, spot, scope_id)
    for token in here.values():
        machine.tokens.remove(token.id)
    machine.go_on(Move(spot, scope_id, None, machine.seq))


def _waiting(machine: Machine, spot: Spot, scope_id: Id) -> dict[str | None, Token]:
    """The oldest token that waits here, by the flow it came by."""
    found: dict[str | None, Token] = {}
    for token in machine.tokens.rows.values():
        if token.node == spot.id and token.scope_id == scope_id and token.state == JOINING:
            found.setdefault(token.arrived_by, token)
    return found
