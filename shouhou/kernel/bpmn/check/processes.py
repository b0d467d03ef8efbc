"""Which processes of a file are run: one, and those it calls."""

from collections.abc import Iterator

from shouhou.kernel.bpmn.check.palette import Palette
from shouhou.kernel.bpmn.check.saying import Place, problem, short
from shouhou.kernel.bpmn.model import Model, Node, Process
from shouhou.kernel.bpmn.problems import Problem


def run_processes(model: Model) -> list[Process]:
    """The main process, and the processes of the file that it calls, directly or not."""
    found: dict[str, Process] = {}
    waiting = [model.main]
    while waiting:
        process = waiting.pop()
        if process is not None and process.id not in found:
            found[process.id] = process
            waiting += (model.process(name) for name in reversed(_calls(process)))
    return list(found.values())


def processes(model: Model, palette: Palette | None) -> Iterator[Problem]:
    """Nothing drawn, several processes that could be run, and calls that lead nowhere or in a circle."""
    if model.main is None:
        yield problem("flow.no_process", Place("definitions", None, None))
        return
    running = run_processes(model)
    first = _place(model, model.main).name
    for process in _rivals(model, running):
        yield problem("flow.several_pools", _place(model, process), first=short(first))
    for process in running:
        for node in process.nodes:
            if node.kind == "callActivity":
                yield from _call(model, process, node, palette)


def _rivals(model: Model, running: list[Process]) -> list[Process]:
    """Other filled processes: those marked to run, or all of them when none is marked."""
    others = [process for process in model.processes if process.nodes and process not in running]
    marked = running[0].executable
    return [process for process in others if process.executable or not marked]


def _place(model: Model, process: Process) -> Place:
    name = process.name or model.pools.get(process.id) or process.id
    return Place("process", process.id, process.line, name)


def _calls(process: Process) -> list[str]:
    return [node.called for node in process.nodes if node.kind == "callActivity" and node.called]


def _call(model: Model, process: Process, node: Node, palette: Palette | None) -> Iterator[Problem]:
    if not node.called or node.called.startswith(("=", "${", "#{")):
        yield problem("flow.call_target", node)
    elif palette is not None and node.called not in palette.pages:
        yield problem("flow.call_unknown", node, page=node.called)
    elif palette is None and _leads_back(model, node.called, process.id):
        yield problem("flow.call_circle", node, page=node.called)


def _leads_back(model: Model, name: str, home: str) -> bool:
    """Whether the called process calls, directly or not, the one it is called from."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        process = model.process(waiting.pop())
        if process is not None and process.id not in found:
            found.add(process.id)
            waiting += _calls(process)
    return home in found
