"""Which nodes can still send a token into an empty incoming flow of an inclusive join.

BPMN 2.0.2, 13.4.3: an inclusive gateway waits while a token elsewhere has a path
to an incoming flow without a token, unless that token also has a path to an
incoming flow that has one; paths through the gateway itself do not count.
"""

from collections.abc import Iterable, Iterator, Mapping

from shouhou.kernel.bpmn.graph.parts import Spot

Leading = Mapping[str, frozenset[str]]
"""Incoming flow → the nodes that lead to it."""


class Reach(Mapping[str, Leading]):
    """Per inclusive gateway with several incoming flows: flow id → ids of the nodes that lead to it.

    Worked out for a gateway when a token first waits there: a drawing may have
    hundreds of them, and a run rarely meets more than a few.
    """

    def __init__(self, spots: Mapping[str, Spot], links: Mapping[tuple[str, str], str]) -> None:
        self._joins = {
            spot.id: spot
            for spot in spots.values()
            if spot.kind == "inclusiveGateway" and len(spot.incoming) > 1
        }
        self._before = _predecessors(spots.values(), links) if self._joins else {}
        self._known: dict[str, Leading] = {}

    def __getitem__(self, gateway: str) -> Leading:
        if gateway not in self._known:
            incoming = self._joins[gateway].incoming
            self._known[gateway] = {
                edge.id: _leading(edge.source, gateway, self._before) for edge in incoming
            }
        return self._known[gateway]

    def __contains__(self, gateway: object) -> bool:
        return gateway in self._joins

    def __iter__(self) -> Iterator[str]:
        return iter(self._joins)

    def __len__(self) -> int:
        return len(self._joins)


def _predecessors(spots: Iterable[Spot], links: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    before: dict[str, list[str]] = {}
    for spot in spots:
        before.setdefault(spot.id, []).extend(edge.source for edge in spot.incoming)
        if spot.attached_to:
            before[spot.id].append(spot.attached_to)
        if spot.kind == "intermediateThrowEvent" and spot.trigger.kind == "link":
            caught = links.get((spot.container, spot.trigger.name or ""))
            if caught:
                before.setdefault(caught, []).append(spot.id)
    return before


def _leading(source: str, gateway: str, before: Mapping[str, list[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [source]
    while waiting:
        node = waiting.pop()
        if node != gateway and node not in found:
            found.add(node)
            waiting += before.get(node, ())
    return frozenset(found)
