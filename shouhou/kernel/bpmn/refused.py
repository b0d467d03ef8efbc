"""Elements outside the subset, as sentences: what it is, why it is not run, what to draw instead."""

from shouhou.kernel.bpmn.model import Model, Unsupported
from shouhou.kernel.bpmn.problems import Problem

# reason → code, English, Chinese. ``{element}`` is the BPMN word, ``{where}`` its id and line.
SENTENCES = {
    "element": (
        "flow.unsupported",
        "{where}: “{element}” is not run here. Redraw it with supported elements.",
        "{where}：这里不运行“{element}”。请用支持的元素重画。",
    ),
    "inside": (
        "flow.unsupported_inside",
        "{where}: “{element}” inside an element is not run here. Remove it.",
        "{where}：这里不运行元素内的“{element}”。请删除。",
    ),
    "script": (
        "flow.script",
        "{where}: the script task holds code, which is not run here. Use a service task with a task key.",
        "{where}：脚本任务含有代码，这里不运行。请改用带任务键的服务任务。",
    ),
    "several_triggers": (
        "flow.several_triggers",
        "{where}: the event has several triggers. Draw one event for each.",
        "{where}：该事件有多个触发条件。请为每个条件画一个事件。",
    ),
    "parallel_events": (
        "flow.parallel_events",
        "{where}: the event gateway waits for all its events. "
        "Use a parallel gateway with one event a branch.",
        "{where}：该事件网关等待所有事件。请改用并行网关，每条分支一个事件。",
    ),
    "instantiate": (
        "flow.instantiate",
        "{where}: the gateway starts the process. Draw a start event for each way to begin.",
        "{where}：该网关用来启动流程。请为每种启动方式画一个开始事件。",
    ),
    "behaviour": (
        "flow.behaviour",
        "{where}: the repeated activity throws events for its instances. Remove that setting.",
        "{where}：该多实例活动会为每个实例抛出事件。请取消此设置。",
    ),
    "no_id": (
        "flow.no_id",
        "{where}: the “{element}” has no id. Give it one.",
        "{where}：“{element}”没有 id。请补上。",
    ),
    "repeated_id": (
        "flow.repeated_id",
        "{where}: the id of this “{element}” is used twice. Give each element its own.",
        "{where}：这个“{element}”的 id 重复。请使用不同的 id。",
    ),
}


def refused(model: Model) -> list[Problem]:
    """One problem for each element of the drawing that the engine does not run, in document order."""
    return [_problem(found) for found in sorted(model.unsupported, key=lambda found: found.line)]


def _problem(found: Unsupported) -> Problem:
    code, en, zh = SENTENCES[found.reason]
    element = found.element.rpartition("}")[2]
    name = found.id or element
    return Problem(
        code,
        element,
        found.id,
        found.line,
        en.format(element=element, where=f"{name}, line {found.line}"),
        zh.format(element=element, where=f"{name}，第 {found.line} 行"),
    )
