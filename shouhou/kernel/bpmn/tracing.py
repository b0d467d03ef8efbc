"""Run a drawing by a script and say what happened: the contract of ``shouhou flow trace``.

A script is ``{"data": {…}, "steps": [{"complete": id or name}, {"fire": event id},
{"message": name}, …]}``, each step with ``data`` of its own if it likes. A step
that is not possible stops the run there and is told under ``refused``.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from shouhou.kernel import feel
from shouhou.kernel.bpmn.graph import Graph, compile
from shouhou.kernel.bpmn.memory import Memory
from shouhou.kernel.bpmn.model import Model
from shouhou.kernel.bpmn.problems import NotPossible, Unreadable
from shouhou.kernel.bpmn.reading import read
from shouhou.kernel.bpmn.refused import refused
from shouhou.kernel.bpmn.stepping.sentences import not_possible

Data = Mapping[str, object]
VERBS = ("complete", "fire", "message")


class Said(Protocol):
    """Anything that explains itself in both languages."""

    en: str
    zh: str


def trace(xml: bytes, script: object, auto: int = 0) -> dict[str, object]:
    """Play a script, then complete what is offered, oldest first, at most ``auto`` times; never raises.

    The answer has ``offered completed flows waiting ended incident refused`` as
    the contract states; ``refused.step`` counts from 0 and is ``None`` when the
    drawing or the script as a whole is refused.
    """
    try:
        data, steps = _script(script)
        memory = _memory(read(xml), data, steps)
    except (Unreadable, NotPossible) as refusal:
        return _told(None, _refusal(None, refusal))
    return _told(memory, _follow(memory, steps, auto))


def _script(script: object) -> tuple[Data, Sequence[Data]]:
    """The script's parts as FEEL values, or the refusal that names the part that is not understood."""
    given = feel.from_json(script)
    data = given.get("data", {}) if isinstance(given, dict) else None
    steps = given.get("steps", []) if isinstance(given, dict) else None
    if not isinstance(data, dict) or not isinstance(steps, list):
        raise not_possible("flow.script_form")
    for number, step in enumerate(steps):
        verbs = [verb for verb in VERBS if isinstance(step, dict) and isinstance(step.get(verb), str)]
        if len(verbs) != 1 or not isinstance(step.get("data", {}), dict):
            raise not_possible("flow.step_form", number=number + 1)
    return data, steps


def _memory(model: Model, data: Data, steps: Sequence[Data]) -> Memory:
    for problem in refused(model):
        raise NotPossible(problem.code, problem.en, problem.zh)
    if model.main is None:
        raise not_possible("flow.no_process")
    names = set(_names(data)).union(*(_names(step.get("data")) for step in steps))
    graphs = {process.id: compile(model, process.id, names) for process in model.processes}
    return Memory(graphs[model.main.id], graphs, data)


def _names(data: object, before: str = "") -> Collection[str]:
    """The dotted names of facts, so that names with spaces are known to the expressions."""
    found: set[str] = set()
    for key, value in data.items() if isinstance(data, Mapping) else ():
        found.add(before + key)
        for inner in value if isinstance(value, list) else [value]:
            found.update(_names(inner, f"{before}{key}."))
    return found


def _follow(memory: Memory, steps: Sequence[Data], auto: int) -> dict[str, object] | None:
    """Take the steps one by one; the first that is not possible is the refusal."""
    number = 0
    try:
        rest = list(enumerate(steps))
        if rest and (event := _starting(memory.root.graph, steps[0])) is not None:
            memory.facts.update(_data(steps[0]))
            memory.start(event)
            rest = rest[1:]
        else:
            memory.start(_beginning(memory.root.graph))
        for taken, step in rest:
            number = taken
            _take(memory, step)
    except NotPossible as refusal:
        return _refusal(number, refusal)
    for _round in range(auto):
        oldest = next(iter(memory.offers.values()), None)
        if oldest is None:
            break
        memory.complete(oldest.spot.id)
    return None


def _beginning(graph: Graph) -> str | None:
    """The plain start, or where there is none the first start event of the drawing."""
    return None if graph.root.starts else next(iter(graph.root.triggered), None)


def _starting(graph: Graph, step: Data) -> str | None:
    """The start event that the first step sets off, in a drawing without a plain start."""
    if graph.root.starts:
        return None
    for event in graph.root.triggered:
        trigger = graph.spots[event].trigger
        if step.get("fire") == event or (trigger.kind == "message" and step.get("message") == trigger.name):
            return event
    return None


def _take(memory: Memory, step: Data) -> None:
    verb = next(verb for verb in VERBS if verb in step)
    word, data = str(step[verb]), _data(step)
    if verb == "complete":
        memory.complete(word, data)
    elif verb == "fire":
        memory.fire(word, data)
    else:
        key = step.get("key")
        memory.message(word, None if key is None else str(key), data)


def _data(step: Data) -> Data:
    found = step.get("data", {})
    return found if isinstance(found, Mapping) else {}


def _refusal(step: int | None, said: Said) -> dict[str, object]:
    return {"step": step, "en": said.en, "zh": said.zh}


def _told(memory: Memory | None, refusal: dict[str, object] | None) -> dict[str, object]:
    if memory is None:
        empty = {"offered": [], "completed": [], "flows": [], "waiting": [], "ended": False, "incident": None}
        return {**empty, "refused": refusal}
    incident = next(iter(memory.incidents), None)
    return {
        "offered": memory.offered,
        "completed": memory.completed,
        "flows": memory.flows,
        "waiting": memory.waiting,
        "ended": memory.ended,
        "incident": incident
        and {"code": incident.code, "element": incident.node, "en": incident.en, "zh": incident.zh},
        "refused": refusal,
    }
