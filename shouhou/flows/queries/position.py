"""Where a run stands on its drawing: what is done, here, next or never reached, how often, whose."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from shouhou.core.refusals import NotFound
from shouhou.flows import store
from shouhou.flows.contracts import TASKS, in_language
from shouhou.flows.graphs import graph_of
from shouhou.flows.models import History, Incident, Run, Timer
from shouhou.flows.queries.waiting import Clock, Waiting, names, waiting_in
from shouhou.kernel import bpmn

Stage = Literal["done", "here", "next", "never"]
_PASSED_ON = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "intermediateThrowEvent")


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run of a root, for the list of runs."""

    id: UUID
    number: int
    state: str
    page: str
    page_en: str
    version_id: UUID
    version: int
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the drawing as the run has it.

    ``count`` is how often it was reached; ``since`` when the run came here, else when it last went on;
    ``owner`` who owes it while it is here; ``arrived_by`` the sequence flow that led here.
    """

    id: str
    kind: str
    zh: str
    en: str
    state: Stage
    count: int = 0
    since: datetime | None = None
    owner: str = ""
    arrived_by: str | None = None

    @property
    def name(self) -> str:
        """What people call it, in the language of the moment."""
        return in_language(self.zh, self.en)

    @property
    def is_task(self) -> bool:
        """Whether it is work, not an event or a gateway."""
        return self.kind.endswith(("Task", "task"))


@dataclass(frozen=True, slots=True)
class Position:
    """Where a root stands on a run's drawing, and the line of each run it ever had; all empty without one.

    ``waiting``, ``clocks`` and ``incidents`` are those of all its live runs, pages it has called included.
    """

    run: RunLine | None = None
    runs: tuple[RunLine, ...] = ()
    elements: Mapping[str, Element] = field(default_factory=dict)
    flows: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    clocks: tuple[Clock, ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def name(self) -> str:
        """The page's name, in the language of the moment."""
        return in_language(self.run.page, self.run.page_en) if self.run else ""

    @property
    def version(self) -> int | None:
        """The number of the drawing's version."""
        return self.run.version if self.run else None

    @property
    def steps(self) -> list[Element]:
        """The tasks reached, in the order they were last left, then those here, then those that may come next."""
        listed = [
            e for e in self.elements.values() if e.state != "never" and (e.is_task or e.state == "here")
        ]
        order = {"done": 0, "here": 1, "next": 2}
        return sorted(listed, key=lambda e: (order[e.state], e.since.timestamp() if e.since else 0.0))

    @property
    def next(self) -> list[Element]:
        """The tasks that may come next, in the order of the drawing."""
        return [element for element in self.elements.values() if element.state == "next" and element.is_task]


def position(root_id: UUID, number: int | None = None) -> Position:
    """Where the newest run of a root stands, or run ``number``.

    Four statements: its runs, tokens, clocks, and what its history counts; one more where it stands still.
    """
    rows = Run.objects.filter(root_id=root_id, parent=None).select_related("page", "version")
    runs = list(rows.defer("version__xml").order_by("-number"))
    chosen = next((run for run in runs if number in (None, run.number)), None)
    if chosen is None:
        return Position(runs=tuple(map(_line, runs)))
    live = store.live(root_id) if chosen.state == Run.State.RUNNING else {}
    graph = graph_of(chosen.version_id)
    timers = list(Timer.objects.filter(run_id__in=list(live)).order_by("due_at"))
    clocks = tuple(_clock(live[row.run_id].graph, row) for row in timers)
    waiting = tuple(_told(step, root_id, clocks) for step in waiting_in(live))
    past = _Past(chosen.pk)
    stopped = any(step.is_stopped for step in waiting) or any(row.stuck_at for row in timers)
    tokens = live[chosen.pk].state.tokens.values() if live else ()
    owners = {step.node: step.owners for step in waiting if step.run_id == chosen.pk}
    return Position(
        _line(chosen),
        tuple(map(_line, runs)),
        {element.id: element for element in _elements(graph, tokens, past, owners)},
        past.flows,
        waiting,
        clocks,
        tuple(Incident.objects.filter(run_id__in=list(live), state=Incident.State.OPEN)) if stopped else (),
    )


def drawing(root_id: UUID, number: int | None = None) -> bytes:
    """The drawing a root's newest run walks through, or that of run ``number``, as the file was given.

    Raises ``NotFound`` for a root that no drawing runs.
    """
    rows = Run.objects.filter(root_id=root_id, parent=None)
    if number is not None:
        rows = rows.filter(number=number)
    xml = rows.order_by("-number").values_list("version__xml", flat=True).first()
    if xml is None:
        raise NotFound(what=_("drawing"))
    return bytes(xml)


def state_json(position: Position) -> dict[str, Any]:
    """The position as the drawing's script is told it."""
    return {
        "elements": {element.id: _element_json(element) for element in position.elements.values()},
        "flows": list(position.flows),
    }


def _element_json(element: Element) -> dict[str, Any]:
    said: dict[str, Any] = {"state": element.state}
    if element.count:
        said["count"] = element.count
    if element.since is not None:
        said["since"] = element.since.isoformat()
    if element.owner:
        said["owner"] = element.owner
    return said


def _line(run: Run) -> RunLine:
    return RunLine(
        run.pk,
        run.number,
        run.state,
        run.page.name,
        run.page.name_en,
        run.version_id,
        run.version.number,
        run.started_at,
        run.ended_at,
    )


def _clock(graph: bpmn.Graph, row: Timer) -> Clock:
    return Clock(row.node, *names(graph.spots[row.node]), row.rule, row.due_at, row.token_id)


class _Past:
    """What a run's history comes to, counted by the database."""

    def __init__(self, run_id: UUID) -> None:
        rows = History.objects.filter(run_id=run_id).values("node", "what", "flow").order_by()
        self._whats: dict[str, dict[str, int]] = {}
        self.last: dict[str, datetime] = {}
        first: dict[str, int] = {}
        for row in rows.annotate(n=Count("id"), last=Max("happened_at"), first=Min("seq")):
            node, flow = row["node"], row["flow"]
            whats = self._whats.setdefault(node, {})
            whats[row["what"]] = whats.get(row["what"], 0) + row["n"]
            self.last[node] = max(row["last"], self.last.get(node, row["last"]))
            if flow is not None:
                first[flow] = min(row["first"], first.get(flow, row["first"]))
        self.flows = tuple(sorted(first, key=lambda flow: first[flow]))

    def count(self, node: str) -> int:
        """How often a node was reached; an event that only happened was reached when it did."""
        whats = self._whats.get(node, {})
        reached = whats.get("entered", 0) + whats.get("passed", 0)
        return reached or max(whats.values(), default=0)


def _elements(
    graph: bpmn.Graph, tokens: Iterable[bpmn.Token], past: _Past, owners: Mapping[str, str]
) -> Iterator[Element]:
    here: dict[str, bpmn.Token] = {}
    for token in tokens:
        here.setdefault(token.node, token)
    ahead = _ahead(graph, (token for token in here.values() if token.state != "hosting"))
    for spot in graph.spots.values():
        at, count = here.get(spot.id), past.count(spot.id)
        stage: Stage = "here" if at else "done" if count else "next" if spot.id in ahead else "never"
        since = at.since if at else past.last.get(spot.id)
        arrived_by = at.arrived_by if at else None
        zh, en = names(spot)
        yield Element(spot.id, spot.kind, zh, en, stage, count, since, owners.get(spot.id, ""), arrived_by)


def _ahead(graph: bpmn.Graph, tokens: Iterable[bpmn.Token]) -> set[str]:
    """What can come next: along the flows from where tokens stand, through gateways, to the first stop."""
    found: set[str] = set()
    waiting = [edge.target for token in tokens for edge in graph.spots[token.node].outgoing]
    while waiting:
        spot = graph.spots[waiting.pop()]
        if spot.id in found:
            continue
        found.add(spot.id)
        if spot.trigger.kind == "link":
            waiting += filter(None, [graph.links.get((spot.container, spot.trigger.name or ""))])
        if spot.kind in _PASSED_ON:
            waiting += [edge.target for edge in spot.outgoing]
    return found


def _told(step: Waiting, root_id: UUID, clocks: Iterable[Clock]) -> Waiting:
    """A step with its clocks, and the people who owe it where a contract knows them."""
    task = TASKS.get(step.task)
    people = tuple(task.owners(root_id)) if task is not None and task.owners is not None else ()
    mine = tuple(clock for clock in clocks if clock.token_id == step.token_id)
    return replace(step, people=people, clocks=mine)
