"""A drawing as it was read: every element by name and line, nothing yet judged or compiled.

``Model`` keeps what the file says, also what the engine does not run: pictures
beside the flow stand in ``drawn``, elements outside the subset in
``unsupported``, so that the publishing gate can refuse them by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """An expression as written: its text, the language it declares and its line."""

    text: str
    language: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Definition:
    """What an event waits for or throws.

    ``kind`` is ``timer message signal error escalation link terminate
    conditional compensate cancel``; ``reference`` the id of the message, signal,
    error or escalation, or the name of the link; ``form`` of a timer is ``date
    duration cycle`` and ``text`` its words (or the condition).
    """

    kind: str
    id: str | None
    line: int
    reference: str | None = None
    form: str | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """How often an activity is done: ``kind`` is ``standard parallel sequential``."""

    kind: str
    line: int
    test_before: bool = False
    maximum: str | None = None
    condition: Text | None = None
    cardinality: Text | None = None
    collection: Text | None = None
    element: str | None = None
    completion: Text | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A vendor's element inside ``extensionElements``, kept for the gate to judge."""

    namespace: str
    name: str
    line: int
    attributes: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node. ``kind`` is its BPMN word (``userTask``), ``container`` the process or sub-
    process it is in.

    ``attributes`` holds the product's own words (namespace ``http://shouhou.cn/bpmn``)
    without prefix: ``task roles form station message key collection element``;
    ``foreign`` the vendors' attributes by ``{namespace}name``.
    """

    id: str
    kind: str
    name: str
    line: int
    container: str
    documentation: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    foreign: Mapping[str, str] = field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()
    definitions: tuple[Definition, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True
    default: str | None = None
    loop: Loop | None = None
    message: str | None = None
    called: str | None = None
    instantiates: bool = False
    event_triggered: bool = False
    for_compensation: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """One sequence flow, with its condition as written."""

    id: str
    name: str
    line: int
    container: str
    source: str
    target: str
    condition: Text | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: ``roles`` as the product's attribute names them, ``nodes`` directly in it, ``parent``
    the lane around it.
    """

    id: str
    name: str
    line: int
    roles: str | None
    nodes: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Association:
    """A dotted line; it matters to the run only between a compensation event and its handler."""

    id: str | None
    source: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Process:
    """One process with everything in it, sub-processes included, in document order."""

    id: str
    name: str
    line: int
    executable: bool | None
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[Lane, ...]
    associations: tuple[Association, ...] = ()
    documentation: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A message, signal, error or escalation: ``code`` is the error's or escalation's code."""

    id: str
    kind: str
    name: str
    code: str | None
    line: int
    key: Text | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something that is in the picture and does not run: a data object, a note, a foreign pool."""

    kind: str
    id: str | None
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Unsupported:
    """An element the engine does not run; ``reason`` says which part of it, in a word the gate explains."""

    element: str
    id: str | None
    line: int
    reason: str = "element"


@dataclass(frozen=True, slots=True)
class Model:
    """A whole file. ``pools`` maps a participant's process id to the pool's name; ``collapsed`` are
    closed boxes.
    """

    processes: tuple[Process, ...]
    named: Mapping[str, Named]
    pools: Mapping[str, str]
    drawn: tuple[Drawn, ...]
    unsupported: tuple[Unsupported, ...]
    collapsed: frozenset[str] = frozenset()
    exporter: str = ""

    def process(self, process_id: str) -> Process | None:
        """The process of that id, if the file has it."""
        return next((process for process in self.processes if process.id == process_id), None)

    @property
    def main(self) -> Process | None:
        """The process a run of this file is about: the executable one, else the first with anything in it."""
        filled = [process for process in self.processes if process.nodes]
        return next((process for process in filled if process.executable), filled[0] if filled else None)
