"""From one rest to the next: move every token on, close what is empty, release joins that nothing
can reach.
"""

from collections.abc import Callable, Mapping

from shouhou.kernel.bpmn.problems import Trouble
from shouhou.kernel.bpmn.state import ENDED, FAILED, JOINING, Id
from shouhou.kernel.bpmn.stepping import events, gateways
from shouhou.kernel.bpmn.stepping.activities import enter_activity, finish
from shouhou.kernel.bpmn.stepping.conditions import happen_by_condition
from shouhou.kernel.bpmn.stepping.machine import Machine, Move
from shouhou.kernel.bpmn.stepping.scopes import drop, is_empty
from shouhou.kernel.bpmn.stepping.sentences import trouble
from shouhou.kernel.bpmn.stepping.undoing import undo_next


def _pass(machine: Machine, move: Move) -> None:
    machine.go_on(move)


ENTER: Mapping[str, Callable[[Machine, Move], None]] = {
    "startEvent": events.enter_start,
    "endEvent": events.enter_end,
    "intermediateCatchEvent": events.enter_catch,
    "intermediateThrowEvent": events.enter_throw,
    "boundaryEvent": events.enter_boundary,
    "task": enter_activity,
    "manualTask": enter_activity,
    "userTask": enter_activity,
    "serviceTask": enter_activity,
    "sendTask": enter_activity,
    "receiveTask": enter_activity,
    "businessRuleTask": enter_activity,
    "scriptTask": enter_activity,
    "subProcess": enter_activity,
    "callActivity": enter_activity,
    "exclusiveGateway": _pass,
    "parallelGateway": gateways.enter_parallel,
    "inclusiveGateway": gateways.enter_inclusive,
    "eventBasedGateway": gateways.enter_event_gateway,
}
"""What a token does when it reaches a node, by the BPMN word of the node."""


def run(machine: Machine) -> None:
    """Go on until every token rests."""
    while True:
        while machine.moves:
            _advance(machine, machine.moves.popleft())
        if not (
            (machine.emptied and _close_empty(machine))
            or gateways.release_inclusive(machine)
            or happen_by_condition(machine)
        ):
            break
    if machine.running and machine.tokens.rows:
        _report_stuck(machine)


def _advance(machine: Machine, move: Move) -> None:
    machine.steps += 1
    spot, limit = move.spot, machine.world.limit
    try:
        if machine.steps > limit:
            raise trouble("flow.step_limit", node=spot.name or spot.id, limit=limit)
        handler = ENTER.get(spot.kind)
        if handler is None:
            raise trouble("flow.not_run", node=spot.name or spot.id, kind=spot.kind)
        handler(machine, move)
    except Trouble as reason:
        machine.fail(machine.rest(move, FAILED, "failed"), reason)


def _close_empty(machine: Machine) -> bool:
    """Close the levels that became empty, innermost first as they emptied; ``True`` when tokens
    move again.
    """
    emptied, machine.emptied = machine.emptied, {}
    for scope_id, cause in emptied.items():
        if scope_id in machine.scopes.rows and is_empty(machine, scope_id):
            _close(machine, scope_id, cause)
    return bool(machine.moves or machine.emptied)


def _close(machine: Machine, scope_id: Id, cause: int | None) -> None:
    scope = machine.scopes.rows[scope_id]
    if scope.kind == "undo" and undo_next(machine, scope, cause):
        return
    drop(machine, scope_id)
    if scope.host_id is not None:
        finish(machine, machine.tokens.rows[scope.host_id], cause)
    elif scope.parent_id is not None:
        ended = machine.record("completed", scope.node, cause, scope_id=scope_id)
        machine.emptied[scope.parent_id] = ended
    else:
        machine.status = ENDED
        machine.record("ended", scope.node, cause, scope_id=scope_id)


def _report_stuck(machine: Machine) -> None:
    """Tokens that only wait for each other at joins would stand there for ever, unseen."""
    joining = [token for token in machine.tokens.rows.values() if token.state == JOINING]
    if not joining or any(token.state not in (JOINING, "hosting") for token in machine.tokens.rows.values()):
        return
    listening = any(row.kind != "compensate" for row in machine.subscriptions.rows.values())
    if not (machine.timers.rows or listening):
        spots = machine.graph.spots
        first = min(joining, key=lambda token: spots[token.node].order)
        machine.fail(first, trouble("flow.stuck", node=spots[first.node].name or first.node))
