"""The whole file: processes, pools, and the messages, signals, errors and escalations they name."""

from lxml import etree

from shouhou.kernel.bpmn.model import Drawn, Model, Named, Process, Text, Unsupported
from shouhou.kernel.bpmn.problems import Unreadable
from shouhou.kernel.bpmn.reading import dialects, pieces
from shouhou.kernel.bpmn.reading.bounds import line_of
from shouhou.kernel.bpmn.reading.process import Contents, fill
from shouhou.kernel.bpmn.reading.words import DRAWN, FURNITURE, NAMED

_SHAPE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"
_DIAGRAM = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"


class _File:
    def __init__(self) -> None:
        self.processes: list[Process] = []
        self.named: dict[str, Named] = {}
        self.pools: dict[str, str] = {}
        self.drawn: list[Drawn] = []
        self.unsupported: list[Unsupported] = []


MOST_NODES = 2_000
"""Nodes of one file. The largest drawings people still read have a few hundred."""


MOST_FLOWS = 5_000
"""Sequence flows of one file."""


def definitions(root: etree._Element) -> Model:
    """A model from the ``definitions`` element. Raises ``Unreadable`` for more nodes than a drawing has."""
    file = _File()
    for word, element in pieces.children(root):
        if word == "process":
            file.processes.append(_process(element, file))
            _refuse_number(file)
        elif word == "collaboration":
            _collaboration(element, file)
        elif word in NAMED:
            named = _named(word, element)
            file.named[named.id] = named
        elif word in DRAWN:
            file.drawn.append(_drawn(word, element))
        elif word not in FURNITURE and word != _DIAGRAM:
            file.unsupported.append(Unsupported(word, element.get("id"), line_of(element)))
    return Model(
        tuple(file.processes),
        file.named,
        file.pools,
        tuple(file.drawn),
        tuple(file.unsupported),
        _collapsed(root),
        root.get("exporter") or "",
    )


def _refuse_number(file: _File) -> None:
    count = sum(len(process.nodes) for process in file.processes)
    if count > MOST_NODES:
        raise Unreadable(
            "flow.too_many_nodes",
            f"The drawing has {count:,} nodes; at most {MOST_NODES:,} are read. Split it with call activities.",
            f"流程图有 {count:,} 个节点，最多 {MOST_NODES:,} 个。请用调用活动拆分。",
        )
    flows = sum(len(process.flows) for process in file.processes)
    if flows > MOST_FLOWS:
        raise Unreadable(
            "flow.too_many_flows",
            f"The drawing has {flows:,} flows; at most {MOST_FLOWS:,} are read. Split it with call activities.",
            f"流程图有 {flows:,} 条连线，最多 {MOST_FLOWS:,} 条。请用调用活动拆分。",
        )


def _process(element: etree._Element, file: _File) -> Process:
    process_id = element.get("id") or f"process@{line_of(element)}"
    contents = Contents(process_id)
    fill(contents, element, process_id)
    file.drawn += contents.drawn
    file.unsupported += contents.unsupported
    executable = element.get("isExecutable")
    return Process(
        process_id,
        element.get("name") or "",
        line_of(element),
        None if executable is None else executable == "true",
        tuple(contents.nodes),
        tuple(contents.flows),
        tuple(contents.lanes),
        tuple(contents.associations),
        pieces.words(pieces.first(element, "documentation")),
        pieces.own(element),
        pieces.extensions(element),
    )


def _collaboration(element: etree._Element, file: _File) -> None:
    for word, child in pieces.children(element):
        process_id = pieces.reference(child.get("processRef"))
        if word == "participant" and process_id:
            file.pools[process_id] = child.get("name") or ""
        elif word in DRAWN or word in ("participant", "association"):
            file.drawn.append(_drawn(word, child))
        elif word not in FURNITURE:
            file.unsupported.append(Unsupported(word, child.get("id"), line_of(child)))


def _drawn(word: str, element: etree._Element) -> Drawn:
    return Drawn(word, element.get("id"), element.get("name") or "", line_of(element))


def _named(kind: str, element: etree._Element) -> Named:
    line = line_of(element)
    key = dialects.correlation(pieces.own(element), pieces.extensions(element))
    return Named(
        element.get("id") or f"{kind}@{line}",
        kind,
        element.get("name") or "",
        element.get(f"{kind}Code"),
        line,
        Text(key, None, line) if key else None,
    )


def _collapsed(root: etree._Element) -> frozenset[str]:
    return frozenset(
        str(shape.get("bpmnElement")) for shape in root.iter(_SHAPE) if shape.get("isExpanded") == "false"
    )
