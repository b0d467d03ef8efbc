"""Roads: every node is on a way from a beginning to an end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from shouhou.kernel.bpmn.check.page import Page
from shouhou.kernel.bpmn.check.saying import called, problem
from shouhou.kernel.bpmn.check.shape import AWAITED, is_link
from shouhou.kernel.bpmn.graph import Container
from shouhou.kernel.bpmn.model import Node
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.reading.words import GATEWAYS, TASKS

KILLING = frozenset(("terminate", "error"))
RESTING = TASKS | {"callActivity", "subProcess", "eventBasedGateway"}
"""Nodes where a token waits for somebody or something."""


def reaching(page: Page) -> Iterator[Problem]:
    """What no token comes to, what no token leaves, and what goes round for ever."""
    for container in page.graph.containers.values():
        nodes = page.levels[container.id]
        plain = [node for node in nodes if _is_plain_start(page, node)]
        for start in plain[1:]:
            yield problem("flow.several_starts", start, first=called(plain[0]))
        if nodes and not page.begins(container):
            yield problem("flow.no_start", page.of_level(container.id))
        elif not plain[1:]:
            reached = reach(page, container)
            yield from _unreachable(page, container, reached)
            yield from _ends(page, container, reached)
    yield from _restless(page)


def reach(page: Page, container: Container) -> set[str]:
    """The nodes of a level that a token can come to, by the lines alone."""
    return _along(page.begins(container), lambda node: page.after(page.graph.spots[node]))


def is_ended_from_outside(page: Page, container: str) -> bool:
    """Whether something beside a level can end it: its tokens may then go round for ever."""
    if is_taken_over(page, container):
        return True
    owner = page.nodes.get(container)
    if owner is None:
        return False
    edge = (page.nodes[event] for event in page.spot(owner).boundary)
    if any(event.interrupting and not page.remembers(event.id) for event in edge):
        return True
    around = page.levels.get(owner.container, [])
    return any(_kills(page, node) for node in around) or is_ended_from_outside(page, owner.container)


def is_taken_over(page: Page, container: str) -> bool:
    """Whether an event sub-process can end a level in its place."""
    nodes = page.levels.get(container, [])
    return any(node.event_triggered and _interrupts(page, node) for node in nodes)


def rests(page: Page, node: Node) -> bool:
    """Whether a token waits there for somebody or something."""
    waits = node.kind == "intermediateCatchEvent" and page.spot(node).trigger.kind in AWAITED
    return waits or node.kind in RESTING


def _along(starts: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += following(node)
    return found


def _is_plain_start(page: Page, node: Node) -> bool:
    return node.kind == "startEvent" and page.spot(node).trigger.kind == "none"


def _interrupts(page: Page, level: Node) -> bool:
    return any(node.kind == "startEvent" and node.interrupting for node in page.levels.get(level.id, []))


def _kills(page: Page, node: Node) -> bool:
    return node.kind == "endEvent" and page.spot(node).trigger.kind in KILLING


def _unreachable(page: Page, container: Container, reached: set[str]) -> Iterator[Problem]:
    for node in page.levels[container.id]:
        unused = is_link(node) and node.kind == "intermediateCatchEvent"
        lonely = node.kind == "boundaryEvent" and node.attached_to not in reached
        if not (node.id in reached or page.is_beside(node) or unused or lonely):
            yield problem("flow.unreachable", node)


def _ends(page: Page, container: Container, reached: set[str]) -> Iterator[Problem]:
    """Nodes that lead nowhere, and nodes from which no end can be reached."""
    nodes = page.levels[container.id]
    has_end = any(node.kind == "endEvent" for node in nodes)
    last = {node.id for node in nodes if not page.spot(node).outgoing and not _leads_on(page, node)}
    for node in nodes:
        if node.id in last & reached and node.kind != "endEvent" and (has_end or node.kind in GATEWAYS):
            yield problem("flow.dead_end", node)
    if any(_kills(page, node) for node in nodes) or is_ended_from_outside(page, container.id):
        return
    before: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        for following in page.after(page.spot(node)):
            before[following].append(node.id)
    trapped = reached - _along(last, lambda node: before[node])
    round_about = _rounds(page, trapped)
    first = next((node for node in nodes if node.id in round_about), None)
    if first is not None:
        yield problem("flow.endless", first)


def _leads_on(page: Page, node: Node) -> bool:
    """Whether a node without flows is nevertheless no dead end: a link, or something beside the flow."""
    return is_link(node) or page.is_beside(node)


def _restless(page: Page) -> Iterator[Problem]:
    """A round in which no token ever waits would never come to rest."""
    moving = {node.id for node in page.process.nodes if not rests(page, node)}
    round_about = _rounds(page, moving)
    first = next((node for node in page.process.nodes if node.id in round_about), None)
    if first is not None:
        yield problem("flow.restless", first)


def _rounds(page: Page, nodes: set[str]) -> set[str]:
    """Those of the nodes that stand on rounds among them, or between two rounds."""
    after = {
        node: [following for following in page.after(page.graph.spots[node]) if following in nodes]
        for node in nodes
    }
    before: dict[str, list[str]] = {node: [] for node in nodes}
    for node, following in after.items():
        for target in following:
            before[target].append(node)
    return nodes - _open_ended(after, before) - _open_ended(before, after)


def _open_ended(after: Mapping[str, list[str]], before: Mapping[str, list[str]]) -> set[str]:
    """The nodes that no round leads to: what has nothing before it, and what has only such before it."""
    count = {node: len(found) for node, found in before.items()}
    free = [node for node, number in count.items() if not number]
    for node in free:
        for target in after[node]:
            count[target] -= 1
            if not count[target]:
                free.append(target)
    return set(free)
