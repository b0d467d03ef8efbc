"""Play a drawing with the engine in every way it can be played: each condition both ways, each open task and
each event first.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count

from shouhou.kernel import bpmn
from shouhou.kernel.bpmn.changes import Changes, World
from shouhou.kernel.bpmn.state import HOSTING, JOINING, RUNNING, WAITING, State, Token
from shouhou.kernel.bpmn.stepping.stimuli import COMPLETED

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOST = 4_000
MET = ("entered", "passed", "joined")


class TooMany(Exception):
    """More positions than a test has time for."""


class Tape(Mapping[str, object]):
    """Facts that answer what the tape says, and no where it has run out."""

    def __init__(self, answers: tuple[bool, ...]) -> None:
        self.answers, self.asked = answers, 0

    def __getitem__(self, name: str) -> bool:
        self.asked += 1
        return self.asked <= len(self.answers) and self.answers[self.asked - 1]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Played:
    """What was met on the way: joins that wait for ever, nodes where work stood twice, whether a run ended.

    Of the nodes in ``watch`` it is told how often they are met within one run: not, once or more.
    """

    def __init__(self, xml: bytes, watch: frozenset[str] = frozenset()) -> None:
        self.watch = watch
        self.graph = bpmn.compile(bpmn.read(xml))
        self.region = {
            spot.id: _reach(self.graph, spot.id)
            for spot in self.graph.spots.values()
            if spot.kind == "boundaryEvent" and not spot.interrupting
        }
        self.stuck: set[str] = set()
        self.doubled: set[str] = set()
        self.ends = False
        self.passes: Counter[str] = Counter()
        self._seen: set[object] = set()
        self._waiting: list[tuple[State, Counter[str]]] = []
        self._play()

    def _play(self) -> None:
        self._take(lambda world: bpmn.start(self.graph, world), Counter())
        while self._waiting:
            if len(self._seen) > MOST:
                raise TooMany
            state, met = self._waiting.pop()
            for step in self._steps(state):
                self._take(step, met)

    def _steps(self, state: State) -> Iterator[Callable[[World], Changes]]:
        """Everything that can happen next: a task done, a clock striking, a message or signal arriving."""
        for token in state.tokens.values():
            if token.state == WAITING and self.graph.spots[token.node].kind in COMPLETED:
                yield lambda world, t=token: bpmn.complete(self.graph, state, t.id, world)
        for timer in state.timers.values():
            if not self._is_under_way(state, timer.node, timer.scope_id):
                yield lambda world, t=timer: bpmn.fire(self.graph, state, t.id, world)
        for row in state.subscriptions.values():
            if not self._is_under_way(state, row.node, row.scope_id):
                yield lambda world, r=row: bpmn.deliver(self.graph, state, r.id, world)

    def _is_under_way(self, state: State, event: str, scope_id: object) -> bool:
        """What an event beside an activity set off before; it may happen again when that is over."""
        region = self.region.get(event, frozenset())
        return any(token.scope_id == scope_id and token.node in region for token in state.tokens.values())

    def _take(self, step: Callable[[World], Changes], met: Counter[str]) -> None:
        """One step, once for every way its conditions can come out."""
        tapes: list[tuple[bool, ...]] = [()]
        while tapes:
            tape = Tape(tapes.pop())
            changes = step(World(NINE, count(len(self._seen) * 10_000).__next__, tape))
            # Whatever was asked beyond the tape was answered no; it is asked once more with yes.
            for number in range(len(tape.answers), tape.asked):
                tapes.append((*tape.answers, *[False] * (number - len(tape.answers)), True))
            self._note(changes, met)

    def _note(self, changes: Changes, before: Counter[str]) -> None:
        state = changes.state
        met = before + Counter(record.node for record in changes.history if record.what in MET)
        self.passes |= met
        if any(incident.code == "flow.no_way_out" for incident in changes.incidents):
            return
        self.ends |= state.status != RUNNING
        tokens = state.tokens.values()
        places = Counter(
            (t.node, t.scope_id, t.arrived_by if t.state == JOINING else None)
            for t in tokens
            if t.counter is None and t.state in (WAITING, JOINING, HOSTING)
        )
        self.doubled |= {place[0] for place, number in places.items() if number > 1}
        if state.status == RUNNING and not any(token.state == WAITING for token in tokens):
            self.stuck |= {token.node for token in tokens if token.state == JOINING}
            assert self.stuck, "a run that stands still for another reason than a join"
        position = (_position(state), *(min(met[node], 2) for node in sorted(self.watch)))
        if state.status == RUNNING and not self.doubled and position not in self._seen:
            self._seen.add(position)
            self._waiting.append((state, met))


def _position(state: State) -> object:
    """Where a run stands, whatever its rows are called."""

    def of(token: Token) -> object:
        return (token.node, token.state, token.arrived_by, token.counter, path(token.scope_id))

    def path(scope_id: object) -> tuple[object, ...]:
        scope = state.scopes[scope_id]
        host = of(state.tokens[scope.host_id]) if scope.host_id is not None else None
        above = path(scope.parent_id) if scope.parent_id is not None else ()
        return (scope.node, scope.kind, scope.started, scope.done, host, *above)

    return frozenset(Counter(of(token) for token in state.tokens.values()).items())


def _reach(graph: bpmn.Graph, node: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = [node]
    while waiting:
        spot = waiting.pop()
        if spot not in found:
            found.add(spot)
            waiting += [edge.target for edge in graph.spots[spot].outgoing] + list(graph.spots[spot].boundary)
    return frozenset(found)
