"""A store in memory: runs a drawing with generic tasks, for tests and for ``shouhou flow trace``.

Every task, of whatever kind, is offered and waits to be completed; a call
activity runs the called process when the file has it and is offered like a task
when not. Messages that come before anyone waits are kept. What a run throws as a
message is for other participants and only listed in ``thrown``.
"""

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import count

from shouhou.kernel.bpmn import stepping
from shouhou.kernel.bpmn.changes import LIMIT, Call, Changes, Child, Incident, Offer, Record, Thrown, World
from shouhou.kernel.bpmn.graph import Graph, Spot
from shouhou.kernel.bpmn.problems import NotPossible
from shouhou.kernel.bpmn.state import BROKEN, ENDED, RUNNING, WAITING, Id, State, Timer
from shouhou.kernel.bpmn.stepping.sentences import not_possible

EPOCH = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""When a run in memory begins, so that the same script gives the same instants."""

Step = Callable[[Graph, State, World], Changes]


@dataclass(eq=False, slots=True)
class Run:
    """One run: its graph and live rows, and the token of the run that called it."""

    graph: Graph
    state: State = field(default_factory=State)
    caller: "Run | None" = None
    token_id: Id | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A task that is offered: in which run, by which token."""

    run: Run
    token_id: Id
    spot: Spot


class Memory:
    """Runs one drawing. ``graphs`` are the processes it may call, by id."""

    def __init__(
        self,
        graph: Graph,
        graphs: Mapping[str, Graph] | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        self.graphs = graphs or {}
        self.facts: dict[str, object] = dict(facts or {})
        self.now = EPOCH
        self.root = Run(graph)
        self.runs: list[Run] = []
        self.offers: dict[Id, Open] = {}
        self.offered: list[str] = []
        self.completed: list[str] = []
        self.flows: list[str] = []
        self.history: list[Record] = []
        self.incidents: list[Incident] = []
        self.thrown: list[Thrown] = []
        self.kept: list[tuple[str, str | None]] = []
        self._ids = count(1)
        self._left = LIMIT
        self._todo: deque[tuple[Run, Step]] = deque()

    # What may happen.

    def start(self, at: str | None = None) -> None:
        """Begin the run, at its plain start or at the start event ``at``."""
        self.runs.append(self.root)
        self._happen(self.root, lambda graph, _state, world: stepping.start(graph, world, at))

    def complete(self, which: str, data: Mapping[str, object] | None = None) -> None:
        """Complete the oldest open task with that id or name. Raises ``NotPossible`` when none is open."""
        found = next((task for task in self.offers.values() if _is_called(task.spot, which)), None)
        if found is None:
            raise not_possible("flow.not_offered", node=which)
        self.facts.update(data or {})
        self.completed.append(found.spot.id)
        self._happen(found.run, lambda g, s, w: stepping.complete(g, s, found.token_id, w))

    def fire(self, event: str, data: Mapping[str, object] | None = None) -> None:
        """Let the timer of an event strike; the clock moves to its instant.

        Raises ``NotPossible`` when it is not armed.
        """
        timers = [(run, timer) for run in self.runs for timer in run.state.timers.values()]
        armed = [(run, timer) for run, timer in timers if timer.node == event]
        if not armed:
            raise not_possible("flow.timer_not_armed", node=event)
        self.facts.update(data or {})
        run, timer = min(armed, key=lambda pair: pair[1].due)
        self.now = max(self.now, timer.due)
        self._happen(run, lambda g, s, w: stepping.fire(g, s, timer.id, w))

    def message(self, name: str, key: str | None = None, data: Mapping[str, object] | None = None) -> None:
        """A message arrives; it is kept when nobody waits for it yet."""
        self.facts.update(data or {})
        self.kept.append((name, key))
        self._left = LIMIT
        self._todo += [(run, stepping.review) for run in self.runs if run.graph.conditions]
        self._deliver_kept()
        self._work()

    def signal(self, name: str) -> None:
        """A signal is heard in every run."""
        self._left = LIMIT
        self._broadcast(name, None)
        self._work()

    def throw(self, token_id: Id, code: str) -> None:
        """A verb or task reports an error."""
        self._happen(self._run_of(token_id), lambda g, s, w: stepping.throw(g, s, token_id, code, w))

    def escalate(self, token_id: Id, code: str) -> None:
        """A verb or task escalates."""
        self._happen(self._run_of(token_id), lambda g, s, w: stepping.escalate(g, s, token_id, code, w))

    def retry(self, token_id: Id) -> None:
        """Try again where a token stopped."""
        self._happen(self._run_of(token_id), lambda g, s, w: stepping.retry(g, s, token_id, w))

    def jump(self, token_id: Id, node: str) -> None:
        """Put a token on another node."""
        self._happen(self._run_of(token_id), lambda g, s, w: stepping.jump(g, s, token_id, node, w))

    def cancel(self) -> None:
        """Withdraw the run."""
        self._happen(self.root, stepping.cancel)

    # Where it stands.

    @property
    def ended(self) -> bool:
        """Whether the run is over."""
        return bool(self.runs) and self.root.state.status != RUNNING

    @property
    def waiting(self) -> list[str]:
        """Ids of open tasks and events, in the order of arrival."""
        tokens = [token for run in self.runs for token in run.state.tokens.values()]
        called = {run.token_id for run in self.runs}
        return [token.node for token in tokens if token.state == WAITING and token.id not in called]

    @property
    def timers(self) -> list[Timer]:
        """Every armed timer."""
        return [timer for run in self.runs for timer in run.state.timers.values()]

    # How a step is taken.

    def _run_of(self, token_id: Id) -> Run:
        found = next((run for run in self.runs if token_id in run.state.tokens), None)
        if found is None:
            raise not_possible("flow.gone")
        return found

    def _happen(self, run: Run, step: Step) -> None:
        self._left = LIMIT
        self._take(run, step)
        self._work()

    def _work(self) -> None:
        """Do what follows, until all runs are at rest; what came too late is dropped."""
        while self._todo:
            run, step = self._todo.popleft()
            with suppress(NotPossible):
                self._take(run, step)

    def _take(self, run: Run, step: Step) -> None:
        world = World(
            self.now, self._ids.__next__, self.facts, limit=self._left, called=run.caller is not None
        )
        self._keep(run, step(run.graph, run.state, world))
        if not self._todo:
            self._deliver_kept()

    def _keep(self, run: Run, changes: Changes) -> None:
        self._left = max(0, self._left - changes.steps)
        run.state = changes.state
        self.history += changes.history
        self.flows += changes.flows()
        self.incidents += changes.incidents
        self.thrown += (*changes.messages, *changes.signals)
        for token_id in (*changes.tokens.removed, *changes.tokens.changed):
            self.offers.pop(token_id, None)
        self._offer(run, changes)
        for token_id in changes.stopped:
            self._stop(token_id)
        for heard in changes.signals:
            self._broadcast(heard.name, run)
        if run.caller is not None:
            self._report(run, run.caller, changes)

    def _offer(self, run: Run, changes: Changes) -> None:
        """Offer tasks and verbs alike; call what can be called; ties stand in document order."""
        called = [child for child in changes.children if child.called in self.graphs]
        for child in called:
            self._call(run, child)
        fresh: list[Offer | Call | Child] = [*changes.offers, *changes.calls]
        fresh += (child for child in changes.children if child not in called)
        for offer in sorted(fresh, key=lambda offer: offer.spot.order):
            self.offers[offer.token_id] = Open(run, offer.token_id, offer.spot)
            self.offered.append(offer.spot.id)

    def _call(self, caller: Run, child: Child) -> None:
        run = Run(self.graphs[child.called], caller=caller, token_id=child.token_id)
        self.runs.append(run)
        self._todo.append((run, lambda graph, _state, world: stepping.start(graph, world)))

    def _report(self, run: Run, caller: Run, changes: Changes) -> None:
        """Tell the calling run what its call came to."""
        for thrown in changes.escalations:
            self._escalate(caller, run.token_id, thrown.name)
        if changes.status != RUNNING:
            self.runs.remove(run)
        if changes.status == ENDED:
            self._todo.append((caller, lambda g, s, w: stepping.complete(g, s, run.token_id, w)))
        elif changes.status == BROKEN:
            error = changes.error or ""
            self._todo.append((caller, lambda g, s, w: stepping.throw(g, s, run.token_id, error, w)))

    def _escalate(self, caller: Run, token_id: Id, code: str) -> None:
        self._todo.append((caller, lambda g, s, w: stepping.escalate(g, s, token_id, code, w)))

    def _stop(self, token_id: Id) -> None:
        """Cancel the run that a withdrawn call activity had started."""
        for run in self.runs:
            if run.caller is not None and run.token_id == token_id:
                self._todo.append((run, stepping.cancel))

    def _broadcast(self, name: str, source: Run | None) -> None:
        for run in self.runs:
            if run is not source:
                self._todo.append((run, lambda g, s, w: stepping.signal(g, s, name, w)))

    def _deliver_kept(self) -> None:
        """Hand a kept message to whoever waits for it now, oldest first."""
        for message in self.kept:
            for run in self.runs:
                row = stepping.listening(run.graph, run.state, *message)
                if row is not None:
                    self.kept.remove(message)
                    self._todo.append((run, partial(_deliver, row.id)))
                    return


def _is_called(spot: Spot, which: str) -> bool:
    """Whether that is the node's id, or its name however its line breaks fall."""
    return which == spot.id or " ".join(which.split()) == " ".join(spot.name.split()) != ""


def _deliver(subscription_id: Id, graph: Graph, state: State, world: World) -> Changes:
    return stepping.deliver(graph, state, subscription_id, world)
