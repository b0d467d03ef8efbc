"""How a problem is said: where it is, by the name people know, then what to do about it."""

from dataclasses import dataclass
from typing import Protocol

from shouhou.kernel.bpmn.check.sentences import SENTENCES
from shouhou.kernel.bpmn.model import Drawn, Flow, Lane, Named, Node, Process
from shouhou.kernel.bpmn.problems import Problem

Element = Node | Flow | Lane | Process | Named | Drawn

# BPMN word → what people call it.
CALLED = {
    "process": ("process", "流程"),
    "lane": ("lane", "泳道"),
    "sequenceFlow": ("flow", "连线"),
    "task": ("task", "任务"),
    "userTask": ("user task", "用户任务"),
    "manualTask": ("manual task", "手工任务"),
    "serviceTask": ("service task", "服务任务"),
    "sendTask": ("send task", "发送任务"),
    "receiveTask": ("receive task", "接收任务"),
    "businessRuleTask": ("rule task", "规则任务"),
    "scriptTask": ("script task", "脚本任务"),
    "callActivity": ("call activity", "调用活动"),
    "subProcess": ("sub-process", "子流程"),
    "exclusiveGateway": ("exclusive gateway", "排他网关"),
    "parallelGateway": ("parallel gateway", "并行网关"),
    "inclusiveGateway": ("inclusive gateway", "包容网关"),
    "eventBasedGateway": ("event gateway", "事件网关"),
    "startEvent": ("start", "开始事件"),
    "endEvent": ("end", "结束事件"),
    "intermediateCatchEvent": ("catching event", "捕获事件"),
    "intermediateThrowEvent": ("throwing event", "抛出事件"),
    "boundaryEvent": ("boundary event", "边界事件"),
}
LONGEST = 60
"""Characters of a name that are said; drawings hold whole paragraphs in names."""


class Said(Protocol):
    """Anything that explains itself in both languages."""

    @property
    def code(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def zh(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: the BPMN word, the id and the line in the file, and the name in the picture."""

    element: str
    id: str | None
    line: int | None
    name: str = ""


def place(element: Element) -> Place:
    """Where an element of the drawing is."""
    return Place(_word(element), element.id, element.line, element.name)


def problem(key: str, where: Element | Place, /, **values: object) -> Problem:
    """The problem of that key at an element.

    A key is a code, or a code with ``/variant`` behind; a value given as a pair is (English, Chinese).
    """
    en, zh = SENTENCES[key]
    pairs = {name: value if isinstance(value, tuple) else (value, value) for name, value in values.items()}
    spot = where if isinstance(where, Place) else place(where)
    return _said_at(
        spot,
        key.partition("/")[0],
        en.format(**{name: pair[0] for name, pair in pairs.items()}),
        zh.format(**{name: pair[1] for name, pair in pairs.items()}),
    )


def passed_on(found: Said, where: Element | Place) -> Problem:
    """What another part found, said with the place in front."""
    spot = where if isinstance(where, Place) else place(where)
    return _said_at(spot, found.code, found.en, found.zh)


def called(element: Element | None, otherwise: str = "") -> str:
    """What people call it: its name on one line, else its id."""
    if element is None:
        return otherwise
    return short(element.name) or element.id or otherwise


def short(text: str) -> str:
    """A text on one line, not longer than a sentence bears."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _word(element: Element) -> str:
    if isinstance(element, Flow):
        return "sequenceFlow"
    if isinstance(element, Lane | Process):
        return type(element).__name__.lower()
    return element.kind


def _said_at(spot: Place, code: str, en: str, zh: str) -> Problem:
    word_en, word_zh = CALLED.get(spot.element, (spot.element, spot.element))
    name = short(spot.name) or spot.id
    if name is None and spot.line is None:
        return Problem(code, spot.element, spot.id, spot.line, en, zh)
    quoted = f"“{name}” " if name else ""
    line_en, line_zh = (f", line {spot.line}", f"，第 {spot.line} 行") if spot.line else ("", "")
    return Problem(
        code,
        spot.element,
        spot.id,
        spot.line,
        f"{quoted}({word_en}{line_en}): {en}",
        f"{quoted.strip()}（{word_zh}{line_zh}）：{zh}",
    )
