"""Ways out: every choice has one for every case, and nothing written on a flow is passed over."""

from collections.abc import Iterator

from shouhou.kernel.bpmn.check.covering import cover
from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.saying import called, problem
from shouhou.kernel.bpmn.graph import Edge
from shouhou.kernel.bpmn.model import Node
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.feel import Expression

# Out of these a token takes its way whatever a condition says.
UNASKED = frozenset(("parallelGateway", "eventBasedGateway"))


def choices(page: Page) -> Iterator[Problem]:
    """Conditions and defaults that do not say what happens."""
    for node in page.process.nodes:
        outgoing = page.spot(node).outgoing
        yield from _default(page, node)
        if node.kind in UNASKED:
            for edge in outgoing:
                if edge.condition is not None:
                    yield problem("flow.condition_place", page.flows[edge.id], source=called(node))
        else:
            yield from _ways(page, node, outgoing)


def _default(page: Page, node: Node) -> Iterator[Problem]:
    if node.default is None:
        return
    flow = page.flows.get(node.default)
    if flow is None or flow.source != node.id:
        yield problem("flow.default_elsewhere", node, flow=called(flow, node.default))
    elif flow.condition is not None:
        yield problem("flow.default_condition", flow, source=called(node))


def _ways(page: Page, node: Node, outgoing: tuple[Edge, ...]) -> Iterator[Problem]:
    asked = [edge for edge in outgoing if edge.id != node.default]
    bare = [edge for edge in asked if edge.condition is None]
    has_default = len(asked) < len(outgoing)
    # One bare flow behind all others is how some programs write “else”.
    hides = node.kind == "exclusiveGateway" and bare[:1] != [*outgoing[-1:]]
    if bare and (has_default or hides):
        yield problem("flow.bare", page.flows[bare[0].id], source=called(node))
    elif outgoing and not bare and not has_default and not _covered(asked):
        yield problem("flow.way_out", node)


def _covered(edges: list[Edge]) -> bool:
    """Whether the conditions leave nothing out; one that does not parse is a problem of its own."""
    found = [edge.condition.evaluate for edge in edges if edge.condition is not None]
    parsed = [condition for condition in found if isinstance(condition, Expression)]
    return len(parsed) < len(found) or cover([condition.root for condition in parsed])
