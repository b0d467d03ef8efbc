"""One process under examination: what the file says beside what it compiles to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from shouhou.kernel.bpmn.check.palette import Palette
from shouhou.kernel.bpmn.graph import Container, Graph, Spot
from shouhou.kernel.bpmn.model import Flow, Model, Node, Process


@dataclass(frozen=True)
class Page:
    """A process of a drawing, its graph, and the palette it is held against (``None``: any word goes)."""

    model: Model
    process: Process
    graph: Graph
    palette: Palette | None

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The nodes by id."""
        return {node.id: node for node in self.process.nodes}

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """The sequence flows by id."""
        return {flow.id: flow for flow in self.process.flows}

    @cached_property
    def levels(self) -> dict[str, list[Node]]:
        """The nodes directly in each level that is run, in document order."""
        found: dict[str, list[Node]] = {container: [] for container in self.graph.containers}
        for node in self.process.nodes:
            if node.container in found:
                found[node.container].append(node)
        return found

    def spot(self, node: Node) -> Spot:
        """The node as compiled."""
        return self.graph.spots[node.id]

    def of_level(self, container: str) -> Process | Node:
        """What a level belongs to: the process, or the sub-process."""
        return self.nodes.get(container, self.process)

    @cached_property
    def handlers(self) -> frozenset[str]:
        """What undoes: the ends of the dotted lines from compensation events."""
        return frozenset(spot.compensation for spot in self.graph.spots.values() if spot.compensation)

    def is_beside(self, node: Node) -> bool:
        """Whether no flow leads to it by nature: it listens, or belongs to undoing."""
        undoes = node.for_compensation or node.id in self.handlers
        return node.event_triggered or undoes or self.remembers(node.id)

    def remembers(self, node: str) -> bool:
        """Whether it is a compensation event on an edge: no token ever comes to it."""
        spot = self.graph.spots[node]
        return spot.kind == "boundaryEvent" and spot.trigger.kind == "compensate"

    def begins(self, container: Container) -> tuple[str, ...]:
        """Where tokens of a level may begin: its plain starts, and the starts that wait for something."""
        owner = self.nodes.get(container.id)
        embedded = owner is not None and not owner.event_triggered
        return container.starts if embedded else (*container.starts, *container.triggered)

    def after(self, spot: Spot) -> Iterator[str]:
        """The nodes a token can be at next: along the flows, over the edge, at the other end of a link."""
        yield from (edge.target for edge in spot.outgoing)
        yield from (event for event in spot.boundary if not self.remembers(event))
        if spot.kind == "intermediateThrowEvent" and spot.trigger.kind == "link":
            target = self.graph.links.get((spot.container, spot.trigger.name or ""))
            if target is not None:
                yield target
