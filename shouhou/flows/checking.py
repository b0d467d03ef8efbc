"""The seam of the publish gate: what the product declares, laid beside what a drawing uses."""

from shouhou.flows.contracts import TASKS, in_language
from shouhou.flows.graphs import compiled
from shouhou.flows.refusals import Unreadable
from shouhou.kernel import bpmn
from shouhou.kernel.bpmn import Problem
from shouhou.kernel.bpmn.refused import refused

_AUTOMATIC = ("serviceTask", "sendTask", "businessRuleTask")


def readable(xml: bytes) -> bpmn.Model:
    """Read a drawing. Raises ``Unreadable`` with the sentence for the person who sent it."""
    try:
        return bpmn.read(xml)
    except bpmn.Unreadable as why:
        raise Unreadable(reason=in_language(why.zh, why.en), line=why.line) from None


def problems_of(xml: bytes) -> list[Problem]:
    """Everything to fix before a drawing can be published, in the order of the file."""
    model = readable(xml)
    if model.main is None:
        return [_empty()]
    found = [*refused(model), *compiled(xml).problems, *_without_contract(model)]
    return sorted(found, key=lambda problem: problem.line or 0)


def _without_contract(model: bpmn.Model) -> list[Problem]:
    """Tasks that name no contract of the product, or none that fits their kind."""
    assert model.main is not None
    return [
        _unknown(node)
        for node in model.main.nodes
        if (node.kind in _AUTOMATIC and not _is_automatic(node.attributes.get("task")))
        or (node.kind not in _AUTOMATIC and not _is_for_people(node.attributes.get("task")))
    ]


def _is_automatic(key: str | None) -> bool:
    task = TASKS.get(key or "")
    return task is not None and task.call is not None


def _is_for_people(key: str | None) -> bool:
    """A task without a key is the drawing's own, confirmed by hand (``flows.do_task``)."""
    return key is None or (key in TASKS and TASKS[key].call is None)


def _unknown(node: bpmn.model.Node) -> Problem:
    key = node.attributes.get("task") or "—"
    return Problem(
        "flow.task",
        node.kind,
        node.id,
        node.line,
        f"“{node.name or node.id}” names the task “{key}”, which cannot stand here. Choose one from the list.",
        f"“{node.name or node.id}”引用的任务“{key}”不能用在这里。请从列表中选择。",
    )


def _empty() -> Problem:
    return Problem(
        "flow.no_process",
        "definitions",
        None,
        None,
        "Nothing is drawn yet. Draw a process.",
        "图中还没有流程。请先画流程。",
    )
