"""A compact way to write BPMN in tests.

    drawing(
        "start s; user a; end e",
        "s -> a -> e",
    )

Elements: ``kind id [attributes] {inside}``, separated by ``;``. Flows: ids joined by ``->``; a flow with a
condition is written ``x -> y [condition]``, the default ``x => y``. A flow's id is ``x-y``.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shouhou="http://shouhou.cn/bpmn" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
)
KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "catch": "intermediateCatchEvent",
    "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent",
    "task": "task",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "rule": "businessRuleTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "event": "eventBasedGateway",
    "sub": "subProcess",
    "call": "callActivity",
}


def definitions(*parts: str) -> bytes:
    """A whole file."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}<definitions {NAMESPACES}>\n{''.join(parts)}</definitions>".encode()


def process(*lines: str, id: str = "p", executable: bool = True) -> str:
    """A process from lines of elements and flows."""
    yes = "true" if executable else "false"
    return f'<process id="{id}" name="{id}" isExecutable="{yes}">\n{inside(*lines)}</process>\n'


def inside(*lines: str) -> str:
    """What stands in a process or sub-process: raw XML is kept, the rest is written in the short form."""
    raw = [line for line in lines if line.lstrip().startswith("<")]
    elements = [
        line for line in lines if not line.lstrip().startswith("<") and "->" not in line and "=>" not in line
    ]
    flows = [line for line in lines if not line.lstrip().startswith("<") and ("->" in line or "=>" in line)]
    defaults = dict(re.findall(r"(\w+)\s*=>\s*(\w+)", " ; ".join(flows)))
    made = [
        _element(element, defaults) for line in elements for element in line.split(";") if element.strip()
    ]
    for line in raw:
        for source, target in defaults.items():
            line = line.replace(f'id="{source}"', f'id="{source}" default="{source}-{target}"', 1)
        made.append(line)
    return "\n".join([*made, *_flows(flows), ""])


def drawing(*lines: str) -> bytes:
    """A file with one process."""
    return definitions(process(*lines))


def _element(written: str, defaults: dict[str, str]) -> str:
    kind, node, *rest = written.split(maxsplit=2)
    attributes = f" {rest[0]}" if rest else ""
    if node in defaults:
        attributes += f" default={quoteattr(f'{node}-{defaults[node]}')}"
    return f'<{KINDS[kind]} id="{node}"{attributes}/>'


def _flows(lines: Iterable[str]) -> list[str]:
    found = []
    for line in lines:
        for part in line.split(";"):
            chain = re.split(r"\s*[-=]>\s*", re.sub(r"\[.*\]", "", part).strip())
            condition = re.search(r"\[(.*)\]", part)
            for source, target in pairwise(chain):
                inner = (
                    f"<conditionExpression>{escape(condition[1])}</conditionExpression>" if condition else ""
                )
                flow = f'id="{source}-{target}" sourceRef="{source}" targetRef="{target}"'
                found.append(f"<sequenceFlow {flow}>{inner}</sequenceFlow>")
    return found


def sub(node: str, *lines: str, more: str = "", event: bool = False) -> str:
    """A sub-process; ``more`` is XML in front of its contents (a loop), ``event`` makes it an event
    sub-process.
    """
    attributes = ' triggeredByEvent="true"' if event else ""
    return f'<subProcess id="{node}"{attributes}>{more}{inside(*lines)}</subProcess>'


def event(kind: str, node: str, definition: str, more: str = "") -> str:
    """An event with a definition, for example ``event("boundary", "late", timer("PT1H"),
    'attachedToRef="a"')``.
    """
    return f'<{KINDS[kind]} id="{node}" {more}>{definition}</{KINDS[kind]}>'


def timer(text: str, form: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{form}>{escape(text)}</{form}></timerEventDefinition>"


def named(kind: str, reference: str | None = None) -> str:
    """A message, signal, error or escalation definition."""
    attribute = f' {kind}Ref="{reference}"' if reference else ""
    return f"<{kind}EventDefinition{attribute}/>"


def link(name: str) -> str:
    return f'<linkEventDefinition name="{name}"/>'
