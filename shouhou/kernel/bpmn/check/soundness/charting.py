"""From a level of the compiled drawing to its chart."""

from collections.abc import Mapping

from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.reaching import KILLING, reach, rests
from shouhou.kernel.bpmn.check.soundness.chart import (
    ALWAYS,
    BESIDE,
    CHOICE,
    ELSE,
    END,
    FORK,
    HOST,
    KILL,
    MAYBE,
    MERGE,
    NEVER,
    SOME,
    START,
    STEP,
    SYNC,
    WAIT,
    Chart,
    Knot,
    connect,
)
from shouhou.kernel.bpmn.graph import Container, Edge, Spot

ENTRIES = {"parallelGateway": SYNC, "inclusiveGateway": WAIT}
EXITS = {"parallelGateway": FORK, "exclusiveGateway": CHOICE, "eventBasedGateway": CHOICE}


def chart_of(page: Page, container: Container, completes: Mapping[str, bool]) -> Chart:
    """The chart of a level; ``completes`` says which sub-processes can come to an end at all."""
    return _Charting(page, container, completes).chart


class _Charting:
    def __init__(self, page: Page, container: Container, completes: Mapping[str, bool]) -> None:
        self.page, self.completes = page, completes
        self.chart = Chart([])
        self.never = self.chart.add(NEVER, container.id)
        reached = reach(page, container)
        spots = [page.graph.spots[node.id] for node in page.levels[container.id] if node.id in reached]
        self.entries = {spot.id: self.chart.add(_entry(spot), spot.id) for spot in spots}
        for spot in spots:
            self._inside(spot)
            for edge in spot.incoming:
                if edge.source not in reached and self.entries[spot.id].kind == SYNC:
                    connect(self.never, self.entries[spot.id], edge.id)
        self._start(container)

    def _start(self, container: Container) -> None:
        """One way to begin with all plain starts, one for each start that waits for something."""
        alone = [(node,) for node in self.page.begins(container) if node not in container.starts]
        for way in ([container.starts] if container.starts else []) + alone:
            start = Knot(START, container.id)
            self.chart.starts.append(start)
            for node in way:
                connect(start, self.entries[node])

    def _inside(self, spot: Spot) -> None:
        """From where tokens enter an element to where its flows leave it."""
        entry = self.entries[spot.id]
        if entry.kind in (END, KILL):
            entry.fails = spot.trigger.kind == "error"
            return
        edge = [event for event in spot.boundary if not self.page.remembers(event)]
        events = [self.page.graph.spots[event] for event in edge]
        body = self.chart.add(HOST if events else STEP, spot.id)
        connect(entry, body).rests = rests(self.page, self.page.nodes[spot.id])
        for event in events:
            connect(body, self.entries[event.id], when=ALWAYS if event.interrupting else BESIDE)
        if self.completes.get(spot.id, True):
            self._leave(spot, body)
        elif not events:
            # It never ends, which is told at what is in it.
            connect(body, self.chart.add(END, spot.id))

    def _leave(self, spot: Spot, body: Knot) -> None:
        ways: list[tuple[Knot, str | None, str]] = [
            (self.entries[edge.target], edge.id, _when(spot, edge)) for edge in spot.outgoing
        ]
        if not ways:
            link = [self.entries[node] for node in self.page.after(spot) if node not in spot.boundary]
            ways = [(knot, None, ALWAYS) for knot in link]
        some = any(when != ALWAYS for _knot, _flow, when in ways)
        kind = EXITS.get(spot.kind, SOME if some else FORK) if ways else END
        exit_ = self.chart.add(kind, spot.id)
        connect(body, exit_)
        for knot, flow, when in ways:
            connect(exit_, knot, flow, when)


def _entry(spot: Spot) -> str:
    if spot.kind == "endEvent":
        return KILL if spot.trigger.kind in KILLING else END
    return ENTRIES.get(spot.kind, MERGE) if len(spot.incoming) > 1 else MERGE


def _when(spot: Spot, edge: Edge) -> str:
    """When the flow is taken; only what asks its conditions has more than one answer."""
    if spot.kind in EXITS or (edge.condition is None and edge.id != spot.default):
        return ALWAYS
    return ELSE if edge.id == spot.default else MAYBE
