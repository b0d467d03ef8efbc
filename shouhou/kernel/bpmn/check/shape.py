"""What may stand where: events and their triggers, event sub-processes, event gateways, links."""

from collections import Counter
from collections.abc import Iterator

from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.saying import called, problem
from shouhou.kernel.bpmn.model import Node
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.reading.words import RUNNABLE_DEFINITIONS

# Where an event stands → the triggers it can have there.
TRIGGERS = {
    "startEvent": frozenset(("none", "message", "timer", "signal", "conditional")),
    "start inside": frozenset(("none",)),
    "start beside": frozenset(("message", "timer", "signal", "conditional", "error", "escalation")),
    "endEvent": frozenset(("none", "message", "signal", "error", "escalation", "terminate", "compensate")),
    "intermediateCatchEvent": frozenset(("timer", "message", "signal", "conditional", "link")),
    "intermediateThrowEvent": frozenset(("none", "message", "signal", "escalation", "link", "compensate")),
    "boundaryEvent": frozenset(
        ("timer", "message", "signal", "conditional", "error", "escalation", "compensate")
    ),
}
TRIGGER_WORDS = {
    "none": ("no trigger", "无触发条件"),
    "timer": ("timer", "定时"),
    "message": ("message", "消息"),
    "signal": ("signal", "信号"),
    "error": ("error", "错误"),
    "escalation": ("escalation", "升级"),
    "link": ("link", "连接"),
    "terminate": ("terminate", "终止"),
    "conditional": ("condition", "条件"),
    "compensate": ("compensation", "补偿"),
}
AWAITED = frozenset(("timer", "message", "signal", "conditional"))
RECEIVING = frozenset(("intermediateCatchEvent", "receiveTask"))


def shape(page: Page) -> Iterator[Problem]:
    """Everything that stands where it cannot stand."""
    for node in page.process.nodes:
        yield from _trigger(page, node)
        yield from _flows(page, node)
        if node.kind == "eventBasedGateway":
            yield from _event_gateway(page, node)
        if node.event_triggered:
            yield from _event_level(page, node)
        if node.id in page.handlers and not node.for_compensation:
            yield problem("flow.handler", node)
        if page.levels.get(node.id) == []:
            yield problem("flow.empty_level", node)
        if node.loop and node.loop.kind == "standard" and not (node.loop.condition or node.loop.maximum):
            yield problem("flow.loop_bound", node)
    yield from _links(page)


def is_link(node: Node) -> bool:
    """Whether it is one end of a link."""
    return any(definition.kind == "link" for definition in node.definitions)


def _trigger(page: Page, node: Node) -> Iterator[Problem]:
    fitting = TRIGGERS.get(_stand(page, node))
    definitions = {definition.kind for definition in node.definitions} or {"none"}
    # What is not run at all, or has several triggers, is refused by name already.
    if fitting is None or len(definitions) > 1 or not definitions <= RUNNABLE_DEFINITIONS | {"none"}:
        return
    kind = definitions.pop()
    if kind not in fitting:
        word = TRIGGER_WORDS[kind]
        yield problem("flow.no_trigger" if kind == "none" else "flow.trigger_place", node, trigger=word)
    elif kind == "error" and node.kind in ("startEvent", "boundaryEvent") and not node.interrupting:
        yield problem("flow.error_interrupts", node)


def _stand(page: Page, node: Node) -> str:
    """The kind of an event, and for a start in which kind of level."""
    level = page.nodes.get(node.container)
    if node.kind != "startEvent" or level is None:
        return node.kind
    return "start beside" if level.event_triggered else "start inside"


def _flows(page: Page, node: Node) -> Iterator[Problem]:
    spot = page.spot(node)
    begins = node.kind in ("startEvent", "boundaryEvent") or page.is_beside(node)
    ends = node.kind == "endEvent" or page.is_beside(node)
    link = is_link(node)
    if spot.incoming and (begins or (link and node.kind == "intermediateCatchEvent")):
        yield problem("flow.into", node)
    if spot.outgoing and (ends or (link and node.kind == "intermediateThrowEvent")):
        yield problem("flow.out_of", node)


def _event_level(page: Page, node: Node) -> Iterator[Problem]:
    """An event sub-process has one start, and that waits for something."""
    if node.id in page.levels:
        starts = [inner for inner in page.levels[node.id] if inner.kind == "startEvent"]
        if len(starts) != 1 and page.levels[node.id]:
            yield problem("flow.event_start", node)


def _event_gateway(page: Page, node: Node) -> Iterator[Problem]:
    for edge in page.spot(node).outgoing:
        target = page.graph.spots[edge.target]
        waits = target.trigger.kind in AWAITED or (target.kind == "receiveTask" and target.message)
        name = called(page.nodes[target.id])
        if target.kind not in RECEIVING or not waits or target.boundary or target.repeat:
            yield problem("flow.event_target", node, target=name)
        elif len(target.incoming) > 1:
            yield problem("flow.event_shared", node, target=name)


def _links(page: Page) -> Iterator[Problem]:
    """Each name of a level leads from at least one end to exactly one other."""
    for nodes in page.levels.values():
        ends = [node for node in nodes if is_link(node)]
        catches = Counter(_link(node) for node in ends if node.kind == "intermediateCatchEvent")
        throws = {_link(node) for node in ends if node.kind == "intermediateThrowEvent"}
        for node in ends:
            if node.kind == "intermediateThrowEvent" and not catches[_link(node)]:
                yield problem("flow.link_pair", node, name=_link(node))
            elif node.kind == "intermediateCatchEvent" and catches[_link(node)] > 1:
                yield problem("flow.link_twice", node, name=_link(node))
            elif node.kind == "intermediateCatchEvent" and _link(node) not in throws:
                yield problem("flow.link_unused", node, name=_link(node))


def _link(node: Node) -> str:
    return node.definitions[0].reference or ""
