"""Expressions: every fact is declared, and every comparison can be true."""

from collections.abc import Iterator, Mapping

from shouhou.kernel import feel
from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.saying import Element, passed_on
from shouhou.kernel.bpmn.graph import Formula, Repeat, Spot, Trigger
from shouhou.kernel.bpmn.model import Node
from shouhou.kernel.bpmn.problems import Problem

ANY, NUMBER = "any", "number"
COUNTS = dict.fromkeys(
    (
        "numberOfInstances",
        "numberOfActiveInstances",
        "numberOfCompletedInstances",
        "numberOfTerminatedInstances",
    ),
    NUMBER,
)
TIMED = {
    "date": "date and time or date or string",
    "duration": "days and time duration or years and months duration or string",
    "cycle": "string",
}

Types = Mapping[str, str]


def expressions(page: Page) -> Iterator[Problem]:
    """What is wrong with the expressions that parse; the others are told when the drawing is compiled."""
    for flow in page.process.flows:
        edge = page.graph.edges.get(flow.id)
        if edge is not None:
            yield from _checked(page, flow, edge.condition, _around(page, flow.container), "boolean")
    for node in page.process.nodes:
        spot, known = page.spot(node), _around(page, node.container)
        yield from _trigger(page, node, spot.trigger, known)
        if spot.repeat is not None:
            yield from _repeat(page, node, spot.repeat, known)
        if spot.message is not None:
            yield from _checked(page, node, spot.message.key, known | _inside(spot), ANY)


def _trigger(page: Page, node: Node, trigger: Trigger, known: Types) -> Iterator[Problem]:
    expected = TIMED.get(trigger.form or "") if trigger.kind == "timer" else "boolean"
    yield from _checked(page, node, trigger.formula, known, expected or ANY)
    yield from _checked(page, node, trigger.key, known, ANY)


def _repeat(page: Page, node: Node, repeat: Repeat, known: Types) -> Iterator[Problem]:
    inside = _inside(page.spot(node))
    yield from _checked(page, node, repeat.condition, {**known, "loopCounter": NUMBER}, "boolean")
    yield from _checked(page, node, repeat.cardinality, known, NUMBER)
    yield from _checked(page, node, repeat.collection, known, "list")
    yield from _checked(page, node, repeat.completion, {**known, **inside, **COUNTS}, "boolean")


def _inside(spot: Spot) -> dict[str, str]:
    """What an instance of a repeated activity knows of itself."""
    if spot.repeat is None:
        return {}
    known = {"loopCounter": NUMBER}
    return {**known, spot.repeat.element: ANY} if spot.repeat.element else known


def _around(page: Page, container: str) -> dict[str, str]:
    """What the repeated activities around a level make known in it."""
    known: dict[str, str] = {}
    owner = page.nodes.get(container)
    while owner is not None:
        known = {**_inside(page.spot(owner)), **known}
        owner = page.nodes.get(owner.container)
    return known


def _checked(
    page: Page, element: Element, formula: Formula | None, known: Types, expected: str
) -> Iterator[Problem]:
    if formula is None or not isinstance(formula.evaluate, feel.Expression):
        return
    expression = formula.evaluate
    declared = page.palette.facts if page.palette is not None else dict.fromkeys(expression.names, ANY)
    for found in feel.check(expression, {**declared, **known}, expected):
        yield passed_on(found, element)
