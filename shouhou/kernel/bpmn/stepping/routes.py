"""Which flows a token takes out of a node, and what its conditions may look at."""

from collections.abc import Callable

from shouhou.kernel.bpmn.graph import Edge, Graph, Spot
from shouhou.kernel.bpmn.state import Id, Scope, State
from shouhou.kernel.bpmn.stepping.sentences import trouble

Open = Callable[[Edge], bool]


def choose(spot: Spot, is_open: Open) -> tuple[Edge, ...]:
    """The open flows, in document order. Raises ``Trouble`` where a token would vanish."""
    chosen = _CHOICES.get(spot.kind, _each_open)(spot, is_open)
    if not chosen:
        chosen = tuple(edge for edge in spot.outgoing if edge.id == spot.default)
    if not chosen and spot.outgoing:
        raise trouble("flow.no_way_out", node=spot.name or spot.id)
    return chosen


def _first_true(spot: Spot, is_open: Open) -> tuple[Edge, ...]:
    """Exclusive: the first true condition in document order; a bare flow that is not the default is
    always open.
    """
    for edge in spot.outgoing:
        if edge.id != spot.default and (edge.condition is None or is_open(edge)):
            return (edge,)
    return ()


def _each_open(spot: Spot, is_open: Open) -> tuple[Edge, ...]:
    """Inclusive gateways, tasks and events: every bare flow and every true condition; the default
    only alone.
    """
    return tuple(
        edge
        for edge in spot.outgoing
        if edge.id != spot.default and (edge.condition is None or is_open(edge))
    )


def _all(spot: Spot, _is_open: Open) -> tuple[Edge, ...]:
    """Parallel: conditions on the flows out of it mean nothing (BPMN 2.0.2, 13.4.1)."""
    return spot.outgoing


_CHOICES: dict[str, Callable[[Spot, Open], tuple[Edge, ...]]] = {
    "exclusiveGateway": _first_true,
    "parallelGateway": _all,
}


def around(graph: Graph, state: State, scope_id: Id | None) -> dict[str, object]:
    """The loop counters and elements of the repeated activities around a scope, the innermost winning."""
    known: dict[str, object] = {}
    scope = state.scopes.get(scope_id)
    while scope is not None:
        host = state.tokens.get(scope.host_id)
        if host is not None and host.counter is not None:
            known = {**instance(graph, state.scopes[host.scope_id], host.counter), **known}
        scope = state.scopes.get(scope.parent_id)
    return known


def instance(graph: Graph, each: Scope, counter: int) -> dict[str, object]:
    """What an instance of a repeated activity knows of itself: its number, and its element by the
    given name.
    """
    repeat = graph.spots[each.node].repeat
    known: dict[str, object] = {"loopCounter": counter}
    if repeat is not None and repeat.element and each.items is not None:
        known[repeat.element] = each.items[counter - 1]
    return known
