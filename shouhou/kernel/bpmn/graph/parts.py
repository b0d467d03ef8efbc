"""The compiled parts: frozen values that the stepper reads and nobody changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.timing import Rule


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression ready to run: its text as written, and what answers it."""

    text: str
    evaluate: Callable[[Mapping[str, object]], object]


@dataclass(frozen=True, slots=True)
class Edge:
    """A sequence flow. ``condition`` is ``None`` for a flow that is always open."""

    id: str
    source: str
    target: str
    condition: Formula | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event waits for or throws.

    ``name`` is the message's or signal's name, the error's or escalation's code
    (``None`` catches every one), the link's name. ``form`` is the timer's kind;
    its ``rule`` is read beforehand, or ``formula`` yields it when it is armed.
    ``key`` yields the correlation key of a message.
    """

    kind: str = "none"
    name: str | None = None
    form: str | None = None
    rule: Rule | None = None
    formula: Formula | None = None
    key: Formula | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often an activity is done: ``kind`` is ``standard parallel sequential``."""

    kind: str
    test_before: bool = False
    maximum: int | None = None
    condition: Formula | None = None
    cardinality: Formula | None = None
    collection: Formula | None = None
    element: str | None = None
    completion: Formula | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A flow node, compiled. ``kind`` is the BPMN word, ``order`` its place in the document.

    ``boundary`` are the events on its edge, ``caught`` those among them that
    wait (timer, message, signal, condition). ``waits`` says whether a token
    resting here can own timers or subscriptions at all. ``roles`` are its own,
    else those of its innermost lane; ``key`` names the task's contract.
    ``compensation`` is the handler of a compensation event, ``undone_by`` that
    event on the edge of an activity.
    """

    id: str
    kind: str
    name: str
    order: int
    container: str
    outgoing: tuple[Edge, ...] = ()
    incoming: tuple[Edge, ...] = ()
    default: str | None = None
    conditional: bool = False
    boundary: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True
    trigger: Trigger = Trigger()
    repeat: Repeat | None = None
    waits: bool = False
    key: str | None = None
    roles: tuple[str, ...] = ()
    called: str | None = None
    message: Trigger | None = None
    compensation: str | None = None
    undone_by: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Container:
    """A process or sub-process: where its tokens begin, and the event sub-processes that listen inside it.

    ``starts`` are the nodes a none start begins at; ``triggered`` the start
    events that wait for something; ``listeners`` the start events of the event
    sub-processes directly inside.
    """

    id: str
    starts: tuple[str, ...]
    triggered: tuple[str, ...]
    listeners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """A process, compiled. ``reach`` holds, per inclusive join and incoming flow, the nodes that
    can still lead there.
    """

    process: str
    name: str
    spots: Mapping[str, Spot]
    edges: Mapping[str, Edge]
    containers: Mapping[str, Container]
    reach: Mapping[str, Mapping[str, frozenset[str]]]
    links: Mapping[tuple[str, str], str]
    repeats: bool
    conditions: bool
    undoes: bool
    problems: tuple[Problem, ...] = ()

    @property
    def root(self) -> Container:
        """The process itself."""
        return self.containers[self.process]
