"""From ``Model`` to ``Graph``: resolve references, compile expressions and timers, collect problems."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

from shouhou.kernel.bpmn import timing
from shouhou.kernel.bpmn.graph import sentences
from shouhou.kernel.bpmn.graph.formulas import UnknownLanguage, broken, formula
from shouhou.kernel.bpmn.graph.parts import Container, Edge, Formula, Graph, Repeat, Spot, Trigger
from shouhou.kernel.bpmn.graph.reach import Reach
from shouhou.kernel.bpmn.graph.roles import role_keys, roles_of
from shouhou.kernel.bpmn.model import Definition, Flow, Loop, Model, Named, Node, Process, Text
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.reading.words import EVENTS, GATEWAYS
from shouhou.kernel.feel import FeelError

_WAITING = frozenset(("timer", "message", "signal", "conditional"))
_ACTIVITIES_THAT_WAIT = frozenset(("receiveTask", "eventBasedGateway", "intermediateCatchEvent"))
NONE = Trigger()
NOT_ACTIVITIES = EVENTS | GATEWAYS
_LIKE_A_RULE = re.compile(r"[PR][T/\d]|\d")


def compile(model: Model, process_id: str | None = None, names: Collection[str] | None = None) -> Graph:
    """The graph of one process of a drawing.

    ``process_id`` is by default the drawing's main process; ``names`` are the
    declared facts, needed where a name has spaces. Raises ``KeyError`` when the
    drawing has no such process; everything else wrong is in ``graph.problems``.
    """
    process = model.main if process_id is None else model.process(process_id)
    if process is None:
        raise KeyError(process_id)
    return _Builder(model.named, process, names).graph()


class _Builder:
    def __init__(self, named: Mapping[str, Named], process: Process, names: Collection[str] | None) -> None:
        self.named = named
        self.process = process
        self.names = names
        self.problems: list[Problem] = []
        self.nodes = {node.id: node for node in process.nodes}
        self.edges: dict[str, Edge] = {}
        self.outgoing: dict[str, list[Edge]] = defaultdict(list)
        self.incoming: dict[str, list[Edge]] = defaultdict(list)
        self.boundary: dict[str, list[str]] = defaultdict(list)
        self.handlers = self._handlers()

    def graph(self) -> Graph:
        self._connect()
        roles = roles_of(self.process.lanes)
        triggers = {node.id: self._trigger(node) for node in self.process.nodes}
        spots = {
            node.id: self._spot(node, order, triggers, roles) for order, node in enumerate(self.process.nodes)
        }
        links = self._links(spots)
        return Graph(
            self.process.id,
            self.process.name,
            spots,
            self.edges,
            self._containers(spots),
            Reach(spots, links),
            links,
            any(spot.repeat for spot in spots.values()),
            any(spot.trigger.kind == "conditional" for spot in spots.values()),
            any(spot.undone_by for spot in spots.values()),
            tuple(self.problems),
        )

    # What is in the way.

    def problem(
        self, code: str, element: str, element_id: str | None, line: int, **values: object
    ) -> Problem:
        en, zh = sentences.say(code, **values)
        found = Problem(code, element, element_id, line, en, zh)
        self.problems.append(found)
        return found

    def formula(self, text: Text | None, element: str, element_id: str) -> Formula | None:
        """A compiled expression; one that does not parse becomes a problem, and stops the token
        that needs it.
        """
        if text is None:
            return None
        try:
            return formula(text, self.names)
        except FeelError as refusal:
            problem = Problem(refusal.code, element, element_id, text.line, refusal.en, refusal.zh)
            self.problems.append(problem)
        except UnknownLanguage as refusal:
            language = str(refusal)
            problem = self.problem("flow.language", element, element_id, text.line, language=language)
        return broken(text, problem)

    # Flows and boundary events.

    def _connect(self) -> None:
        for flow in self.process.flows:
            if not self._is_loose(flow):
                edge = Edge(
                    flow.id, flow.source, flow.target, self.formula(flow.condition, "sequenceFlow", flow.id)
                )
                self.edges[flow.id] = edge
                self.outgoing[flow.source].append(edge)
                self.incoming[flow.target].append(edge)
        for node in self.process.nodes:
            if node.kind == "boundaryEvent":
                self._attach(node)

    def _is_loose(self, flow: Flow) -> bool:
        """Whether a flow has an end outside the drawing, or crosses the edge of a sub-process."""
        source, target = self.nodes.get(flow.source), self.nodes.get(flow.target)
        if source is None or target is None:
            missing = flow.source if source is None else flow.target
            self.problem("flow.loose_flow", "sequenceFlow", flow.id, flow.line, missing=missing)
            return True
        if source.container != target.container:
            self.problem("flow.crossing", "sequenceFlow", flow.id, flow.line)
            return True
        return False

    def _attach(self, event: Node) -> None:
        """Put a boundary event on the edge of its activity, on the same level."""
        host = self.nodes.get(event.attached_to or "")
        if host is None or host.container != event.container or host.kind in NOT_ACTIVITIES:
            self.problem("flow.unattached", "boundaryEvent", event.id, event.line)
        else:
            self.boundary[host.id].append(event.id)

    def _handlers(self) -> dict[str, str]:
        """Handlers by compensation event: the dotted line leads from the event to what undoes."""
        events = {
            node.id
            for node in self.process.nodes
            if node.kind == "boundaryEvent" and any(d.kind == "compensate" for d in node.definitions)
        }
        lines = self.process.associations
        found = {
            line.source: line.target for line in lines if line.source in events and line.target in self.nodes
        }
        for event in sorted(events - found.keys()):
            self.problem("flow.no_handler", "boundaryEvent", event, self.nodes[event].line)
        return found

    # Nodes.

    def _spot(
        self,
        node: Node,
        order: int,
        triggers: Mapping[str, Trigger],
        roles: Mapping[str, tuple[str, ...]],
    ) -> Spot:
        outgoing = tuple(self.outgoing[node.id])
        boundary = tuple(self.boundary[node.id])
        caught = tuple(event for event in boundary if triggers[event].kind in _WAITING)
        own_roles = role_keys(node.attributes.get("roles", ""))
        return Spot(
            node.id,
            node.kind,
            node.name,
            order,
            node.container,
            outgoing,
            tuple(self.incoming[node.id]),
            node.default,
            any(edge.condition for edge in outgoing) or node.default is not None,
            boundary,
            caught,
            node.attached_to,
            node.interrupting,
            triggers[node.id],
            self._repeat(node),
            bool(caught) or node.kind in _ACTIVITIES_THAT_WAIT,
            node.attributes.get("task"),
            own_roles or roles.get(node.id, ()),
            node.called,
            self._message(node),
            self.handlers.get(node.id) if node.kind == "boundaryEvent" else None,
            next((event for event in boundary if event in self.handlers), None),
            node.attributes,
        )

    def _message(self, node: Node) -> Trigger | None:
        """The message of a receive or send task."""
        if node.kind not in ("receiveTask", "sendTask"):
            return None
        name = node.attributes.get("message") or self._name(node, node.message, "message", node.line)
        return Trigger("message", name, key=self._key(node, node.message)) if name else None

    def _name(self, node: Node, reference: str | None, kind: str, line: int) -> str | None:
        """The name by which a thrown and a caught thing find each other."""
        if reference is None:
            return None
        named = self.named.get(reference)
        if named is None:
            self.problem("flow.reference", node.kind, node.id, line, kind=kind, reference=reference)
            return reference
        return named.code or named.name or named.id

    def _key(self, node: Node, reference: str | None) -> Formula | None:
        written = node.attributes.get("key")
        if written:
            return self.formula(Text(written, None, node.line), node.kind, node.id)
        named = self.named.get(reference or "")
        return self.formula(named.key, node.kind, node.id) if named else None

    def _trigger(self, node: Node) -> Trigger:
        if not node.definitions:
            return NONE
        definition = node.definitions[0]
        if definition.kind == "timer":
            return self._timer(node, definition)
        if definition.kind == "conditional":
            condition = self.formula(definition.text, node.kind, node.id)
            if condition is None:
                self.problem("flow.no_condition", node.kind, node.id, definition.line)
            return Trigger("conditional", formula=condition)
        if definition.kind in ("link", "compensate"):
            return Trigger(definition.kind, definition.reference)
        given = node.attributes.get("message") if definition.kind == "message" else None
        name = given or self._name(node, definition.reference, definition.kind, definition.line)
        if name is None and definition.kind in ("message", "signal"):
            self.problem("flow.no_name", node.kind, node.id, definition.line, kind=definition.kind)
        key = self._key(node, definition.reference) if definition.kind == "message" else None
        return Trigger(definition.kind, name, key=key)

    def _timer(self, node: Node, definition: Definition) -> Trigger:
        if definition.form is None or definition.text is None:
            self.problem("flow.no_timer", node.kind, node.id, definition.line)
            return Trigger("timer", form="duration")
        rule = timing.read(definition.form, definition.text.text)
        if rule is not None:
            return Trigger("timer", form=definition.form, rule=rule)
        return Trigger(
            "timer", form=definition.form, formula=self._timer_formula(node, definition.text, definition.form)
        )

    def _timer_formula(self, node: Node, text: Text, form: str) -> Formula:
        """An expression that yields the rule; what looks like a rule and is none is a bad timer,
        not a name.
        """
        try:
            if not _LIKE_A_RULE.match(text.text):
                return formula(text, self.names)
        except (FeelError, UnknownLanguage):
            pass
        return broken(
            text, self.problem("flow.timer", node.kind, node.id, text.line, form=form, text=text.text)
        )

    def _repeat(self, node: Node) -> Repeat | None:
        loop = node.loop
        if loop is None:
            return None
        repeat = Repeat(
            loop.kind,
            loop.test_before,
            self._maximum(node, loop),
            self.formula(loop.condition, node.kind, node.id),
            self.formula(loop.cardinality, node.kind, node.id),
            self.formula(loop.collection, node.kind, node.id),
            loop.element,
            self.formula(loop.completion, node.kind, node.id),
        )
        if loop.kind != "standard" and not (repeat.cardinality or repeat.collection):
            self.problem("flow.no_count", node.kind, node.id, loop.line)
        return repeat

    def _maximum(self, node: Node, loop: Loop) -> int | None:
        if loop.maximum is None:
            return None
        if loop.maximum.strip().isdecimal():
            return int(loop.maximum)
        self.problem("flow.loop_maximum", node.kind, node.id, loop.line, text=loop.maximum)
        return None

    # Containers.

    def _containers(self, spots: Mapping[str, Spot]) -> dict[str, Container]:
        inside: dict[str, list[Node]] = defaultdict(list)
        for node in self.process.nodes:
            inside[node.container].append(node)
        found = [self.process.id, *(node.id for node in self.process.nodes if node.kind == "subProcess")]
        return {container: self._container(container, inside, spots) for container in found}

    def _container(
        self, container: str, inside: Mapping[str, list[Node]], spots: Mapping[str, Spot]
    ) -> Container:
        nodes = inside.get(container, [])
        events = [node for node in nodes if node.kind == "startEvent"]
        plain = [node.id for node in events if spots[node.id].trigger.kind == "none"]
        triggered = [node.id for node in events if spots[node.id].trigger.kind != "none"]
        listeners = [
            start.id
            for node in nodes
            if node.event_triggered
            for start in inside.get(node.id, [])
            if start.kind == "startEvent"
        ]
        starts = plain[:1] if events else [node.id for node in nodes if self._begins(node)]
        return Container(container, tuple(starts), tuple(triggered), tuple(listeners))

    def _begins(self, node: Node) -> bool:
        """Without a start event, whatever has no incoming flow begins (BPMN 2.0.2, 13.2)."""
        caught_link = node.kind == "intermediateCatchEvent" and any(
            d.kind == "link" for d in node.definitions
        )
        beside = node.kind == "boundaryEvent" or node.event_triggered or node.for_compensation
        return not (self.incoming[node.id] or beside or caught_link)

    def _links(self, spots: Mapping[str, Spot]) -> dict[tuple[str, str], str]:
        return {
            (spot.container, spot.trigger.name or ""): spot.id
            for spot in spots.values()
            if spot.kind == "intermediateCatchEvent" and spot.trigger.kind == "link"
        }
