"""The palette's words: every task, role, form and message that a drawing names is one the product knows."""

from collections.abc import Iterator

from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.palette import Palette
from shouhou.kernel.bpmn.check.saying import problem
from shouhou.kernel.bpmn.graph.roles import role_keys
from shouhou.kernel.bpmn.model import Lane, Node
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.reading.words import TASKS

AUTOMATIC = frozenset(("serviceTask", "sendTask", "businessRuleTask"))


def wording(page: Page) -> Iterator[Problem]:
    """Words outside the palette; without a palette any word goes."""
    palette = page.palette
    if palette is None:
        return
    for lane in page.process.lanes:
        yield from _unknown_roles(lane, lane.roles, palette)
    for node in page.process.nodes:
        yield from _unknown_roles(node, node.attributes.get("roles"), palette)
        if node.kind in TASKS:
            yield from _task(node, palette)
        form = node.attributes.get("form")
        if form and form not in palette.forms:
            yield problem("flow.form", node, form=form)
        yield from _message(page, node, palette)
        yield from _start(page, node)


def _unknown_roles(element: Lane | Node, written: str | None, palette: Palette) -> Iterator[Problem]:
    for role in role_keys(written or ""):
        if role not in palette.roles:
            yield problem("flow.role", element, role=role)


def _task(node: Node, palette: Palette) -> Iterator[Problem]:
    """The key fits the kind: a task of people, or one the product does. Without a key people confirm it."""
    key = node.attributes.get("task")
    if node.kind in AUTOMATIC:
        if key is None:
            yield problem("flow.task/missing", node)
        elif key not in palette.automatic:
            yield problem("flow.task/automatic" if key in palette.people else "flow.task", node, key=key)
    elif key is not None and key not in palette.people:
        yield problem("flow.task/people" if key in palette.automatic else "flow.task", node, key=key)


def _message(page: Page, node: Node, palette: Palette) -> Iterator[Problem]:
    """A message that the product never delivers would be waited for in vain."""
    spot = page.spot(node)
    trigger = spot.message if node.kind == "receiveTask" else spot.trigger
    catches = node.kind not in ("endEvent", "intermediateThrowEvent")
    if trigger is None:
        if node.kind == "receiveTask":
            yield problem("flow.message/none", node)
    elif trigger.kind == "message" and catches and trigger.name and trigger.name not in palette.messages:
        yield problem("flow.message", node, message=trigger.name)


def _start(page: Page, node: Node) -> Iterator[Problem]:
    """Runs begin with their case, or with a message; nothing rings a process that is not there yet."""
    if node.kind == "startEvent" and node.container == page.process.id:
        kind = page.spot(node).trigger.kind
        if kind not in ("none", "message"):
            yield problem("flow.start_unheard", node)
