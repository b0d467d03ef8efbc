"""What stands in a process or sub-process: nodes, flows, lanes, and what the engine will not run."""

from collections import Counter

from lxml import etree

from shouhou.kernel.bpmn.model import (
    Association,
    Definition,
    Drawn,
    Flow,
    Lane,
    Loop,
    Node,
    Unsupported,
)
from shouhou.kernel.bpmn.reading import dialects, pieces
from shouhou.kernel.bpmn.reading.bounds import line_of
from shouhou.kernel.bpmn.reading.words import (
    CONTAINERS,
    DRAWN,
    EVENTS,
    FURNITURE,
    NODES,
    REFUSED_CONTAINERS,
    REFUSED_NODES,
    RUNNABLE_DEFINITIONS,
)


class Contents:
    """Collects one process while it is read."""

    def __init__(self, process_id: str) -> None:
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []
        self.lanes: list[Lane] = []
        self.associations: list[Association] = []
        self.drawn: list[Drawn] = []
        self.unsupported: list[Unsupported] = []
        self.ids = Counter([process_id])

    def refuse(self, word: str, element: etree._Element, reason: str = "element") -> None:
        """Record what is not run, by name and line."""
        self.unsupported.append(Unsupported(word, element.get("id"), line_of(element), reason))

    def identify(self, word: str, element: etree._Element) -> str:
        """The element's id; a missing or repeated one is recorded, and made up so that reading can go on."""
        given = element.get("id")
        if not given:
            self.refuse(word, element, "no_id")
            return f"{word}@{line_of(element)}"
        self.ids[given] += 1
        if self.ids[given] > 1:
            self.refuse(word, element, "repeated_id")
            return f"{given}@{self.ids[given]}"
        return given


def fill(contents: Contents, element: etree._Element, container: str) -> None:
    """Read everything directly in a process or sub-process, and go into the sub-processes."""
    for word, child in pieces.children(element):
        if word in NODES:
            _node(contents, word, child, container)
        elif word == "sequenceFlow":
            contents.flows.append(_flow(contents, child, container))
        elif word == "laneSet":
            _lanes(contents, child, None)
        elif word == "association":
            contents.associations.append(_association(child))
        elif word in DRAWN:
            drawn = Drawn(word, child.get("id"), child.get("name") or "", line_of(child))
            contents.drawn.append(drawn)
        elif word not in FURNITURE and not _of_a_node(word):
            contents.refuse(word, child)


def _of_a_node(word: str) -> bool:
    """Loop characteristics of a sub-process stand beside its contents."""
    return word.endswith("LoopCharacteristics")


def _node(contents: Contents, word: str, element: etree._Element, container: str) -> None:
    node_id = contents.identify(word, element)
    if word in REFUSED_NODES or word in REFUSED_CONTAINERS:
        contents.refuse(word, element)
    definitions, loop = _parts(contents, word, element)
    extensions, own = pieces.extensions(element), pieces.own(element)
    key = dialects.correlation(own, extensions)
    contents.nodes.append(
        Node(
            node_id,
            word,
            (element.get("name") or "").strip(),
            line_of(element),
            container,
            pieces.words(pieces.first(element, "documentation")),
            {**own, "key": key} if key else own,
            pieces.foreign(element),
            extensions,
            definitions,
            attached_to=pieces.reference(element.get("attachedToRef")),
            interrupting="false" not in (element.get("cancelActivity"), element.get("isInterrupting")),
            default=element.get("default"),
            loop=loop,
            message=pieces.reference(element.get("messageRef")),
            called=pieces.reference(dialects.called(element.get("calledElement"), extensions)),
            instantiates=element.get("instantiate") == "true",
            event_triggered=element.get("triggeredByEvent") == "true",
            for_compensation=element.get("isForCompensation") == "true",
        )
    )
    _refuse_settings(contents, word, element)
    if word in CONTAINERS or word in REFUSED_CONTAINERS:
        fill(contents, element, node_id)


def _parts(
    contents: Contents, word: str, element: etree._Element
) -> tuple[tuple[Definition, ...], Loop | None]:
    """Event definitions and loop of a node; any other unknown child is recorded."""
    definitions: list[Definition] = []
    loop = None
    holds_nodes = word in CONTAINERS or word in REFUSED_CONTAINERS
    for child_word, child in pieces.children(element):
        if found := pieces.definition(child_word, child):
            definitions.append(found)
            if found.kind not in RUNNABLE_DEFINITIONS:
                contents.refuse(child_word, element)
        elif looped := pieces.loop(child_word, child):
            loop = looped
            if child.get("behavior", "All") != "All":
                contents.refuse(child_word, element, "behaviour")
        elif child_word == "eventDefinitionRef" or not (holds_nodes or child_word in FURNITURE):
            contents.refuse(child_word, element, "inside")
    return tuple(definitions), loop


def _refuse_settings(contents: Contents, word: str, element: etree._Element) -> None:
    """What makes a known element mean something the engine does not run."""
    if word == "scriptTask" and pieces.words(pieces.first(element, "script")):
        contents.refuse(word, element, "script")
    if word in EVENTS and len([w for w, _ in pieces.children(element) if w.endswith("EventDefinition")]) > 1:
        contents.refuse(word, element, "several_triggers")
    if word == "eventBasedGateway" and element.get("eventGatewayType", "Exclusive") != "Exclusive":
        contents.refuse(word, element, "parallel_events")
    if word == "eventBasedGateway" and element.get("instantiate") == "true":
        contents.refuse(word, element, "instantiate")


def _flow(contents: Contents, element: etree._Element, container: str) -> Flow:
    return Flow(
        contents.identify("sequenceFlow", element),
        element.get("name") or "",
        line_of(element),
        container,
        element.get("sourceRef") or "",
        element.get("targetRef") or "",
        pieces.text(pieces.first(element, "conditionExpression")),
    )


def _association(element: etree._Element) -> Association:
    source, target = element.get("sourceRef") or "", element.get("targetRef") or ""
    return Association(element.get("id"), source, target, line_of(element))


def _lanes(contents: Contents, lane_set: etree._Element, parent: str | None) -> None:
    for word, element in pieces.children(lane_set):
        if word != "lane":
            continue
        lane_id = contents.identify(word, element)
        nodes = tuple(
            pieces.words(child) for name, child in pieces.children(element) if name == "flowNodeRef"
        )
        roles = pieces.own(element).get("roles")
        contents.lanes.append(
            Lane(lane_id, element.get("name") or "", line_of(element), roles, nodes, parent)
        )
        for name, child in pieces.children(element):
            if name == "childLaneSet":
                _lanes(contents, child, lane_id)
