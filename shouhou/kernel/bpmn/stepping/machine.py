"""The working memory of one step: live rows, tokens on the move, and what changed.

A step takes the run from one rest to the next. Tokens on the move are no rows:
they wait in a queue, first come first served, so that parallel branches advance
in document order, and only where they come to rest does a row get a key.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from shouhou.kernel.bpmn.changes import (
    Call,
    Changes,
    Child,
    Incident,
    Offer,
    Record,
    Row,
    Rows,
    Thrown,
    What,
    World,
)
from shouhou.kernel.bpmn.graph import Edge, Formula, Graph, Spot
from shouhou.kernel.bpmn.problems import Trouble
from shouhou.kernel.bpmn.state import (
    FAILED,
    LEAVING,
    RUNNING,
    WAITING,
    Id,
    Resting,
    Scope,
    State,
    Status,
    Subscription,
    Timer,
    Token,
)
from shouhou.kernel.bpmn.stepping import routes
from shouhou.kernel.bpmn.stepping.sentences import trouble
from shouhou.kernel.feel import FeelError

R = TypeVar("R", bound=Row)


class Move(NamedTuple):
    """A token on its way into a node. ``counter`` is set for an instance of a repeated activity."""

    spot: Spot
    scope_id: Id
    flow: str | None
    cause: int | None
    counter: int | None = None


class Layers(Mapping[str, object]):
    """Two mappings read as one; the facts behind are asked only for what is not in front."""

    __slots__ = ("_behind", "_front")

    def __init__(self, front: Mapping[str, object], behind: Mapping[str, object]) -> None:
        self._front = front
        self._behind = behind

    def __getitem__(self, name: str) -> object:
        return self._front[name] if name in self._front else self._behind[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._behind, **self._front})

    def __len__(self) -> int:
        return len({**self._behind, **self._front})


class Table(Generic[R]):
    """The rows of one kind during a step; the source is read when first needed."""

    __slots__ = ("_rows", "_source", "changes")

    def __init__(self, source: Mapping[Id, R]) -> None:
        self._source = source
        self._rows: dict[Id, R] | None = None
        self.changes: Rows[R] = Rows()

    @property
    def rows(self) -> dict[Id, R]:
        """The live rows by id."""
        if self._rows is None:
            self._rows = dict(self._source)
        return self._rows

    @property
    def after(self) -> Mapping[Id, R]:
        """The rows after the step, or the untouched source."""
        return self._source if self._rows is None else self._rows

    def add(self, row: R) -> None:
        """A new row."""
        self.rows[row.id] = row
        self.changes.added[row.id] = row

    def change(self, row: R) -> None:
        """A row with new values."""
        self.rows[row.id] = row
        made_now = row.id in self.changes.added
        (self.changes.added if made_now else self.changes.changed)[row.id] = row

    def remove(self, row_id: Id) -> None:
        """Take a row away; one made in this very step leaves no trace."""
        row = self.rows.pop(row_id)
        self.changes.changed.pop(row_id, None)
        if self.changes.added.pop(row_id, None) is None:
            self.changes.removed[row_id] = row


class Machine:
    """One step under way. Handlers of node kinds use its verbs; ``changes`` is the answer."""

    __slots__ = (
        "calls",
        "children",
        "emptied",
        "error",
        "escalations",
        "graph",
        "history",
        "incidents",
        "messages",
        "moves",
        "offers",
        "scopes",
        "seq",
        "signals",
        "status",
        "steps",
        "stopped",
        "subscriptions",
        "timers",
        "tokens",
        "world",
    )

    def __init__(self, graph: Graph, state: State, world: World) -> None:
        self.graph = graph
        self.world = world
        self.tokens: Table[Token] = Table(state.tokens)
        self.scopes: Table[Scope] = Table(state.scopes)
        self.timers: Table[Timer] = Table(state.timers)
        self.subscriptions: Table[Subscription] = Table(state.subscriptions)
        self.seq = state.seq
        self.status: Status = state.status
        self.moves: deque[Move] = deque()
        self.emptied: dict[Id, int | None] = {}
        self.history: list[Record] = []
        self.offers: list[Offer] = []
        self.calls: list[Call] = []
        self.children: list[Child] = []
        self.stopped: list[Id] = []
        self.messages: list[Thrown] = []
        self.signals: list[Thrown] = []
        self.escalations: list[Thrown] = []
        self.incidents: list[Incident] = []
        self.error: str | None = None
        self.steps = 0

    # History.

    def record(
        self,
        what: What,
        node: str,
        cause: int | None = None,
        *,
        flow: str | None = None,
        token_id: Id | None = None,
        scope_id: Id | None = None,
    ) -> int:
        """Append a line of history and return its number."""
        self.seq += 1
        self.history.append(Record(self.seq, node, what, flow, token_id, scope_id, cause))
        return self.seq

    # Tokens.

    def rest(self, move: Move, state: Resting = WAITING, what: What = "entered") -> Token:
        """Let a token come to rest at its node."""
        spot, scope_id, flow, cause, counter = move
        token = Token(self.world.new_id(), spot.id, scope_id, self.world.now, flow, state, counter)
        self.tokens.add(token)
        self.record(what, spot.id, cause, flow=flow, token_id=token.id, scope_id=scope_id)
        return token

    def go_on(self, move: Move, what: What = "passed") -> None:
        """Pass straight through a node and take the flows out of it."""
        spot = move.spot
        try:
            edges = self.ways(spot, move.scope_id)
        except Trouble as reason:
            self.fail(self.rest(move, LEAVING, "failed"), reason)
            return
        cause = self.record(what, spot.id, move.cause, flow=move.flow, scope_id=move.scope_id)
        self.take(edges, move.scope_id, cause)

    def ways(self, spot: Spot, scope_id: Id) -> tuple[Edge, ...]:
        """The flows to take out of a node. Raises ``Trouble`` where none is open."""
        if not spot.conditional:
            return spot.outgoing if spot.kind != "exclusiveGateway" else spot.outgoing[:1]
        return routes.choose(spot, lambda edge: self.holds(edge.condition, scope_id))

    def take(self, edges: tuple[Edge, ...], scope_id: Id, cause: int | None) -> None:
        """Send one token along each flow; without any, the token ends here."""
        spots = self.graph.spots
        for edge in edges:
            self.moves.append(Move(spots[edge.target], scope_id, edge.id, cause))
        if not edges:
            self.emptied[scope_id] = cause

    def fail(self, token: Token, reason: Trouble) -> None:
        """Report a token that cannot go on."""
        self.incidents.append(Incident(token.id, token.node, reason.code, reason.en, reason.zh))

    def refuse(self, move: Move, reason: Trouble) -> None:
        """Keep a token that could not enter its node, as an incident there."""
        self.fail(self.rest(move, FAILED, "failed"), reason)

    # Expressions.

    def answer(self, formula: Formula, scope_id: Id, extra: Mapping[str, object] | None = None) -> object:
        """The value of an expression in a scope. Raises ``Trouble`` when it cannot be worked out."""
        context = self._context(scope_id, extra) if self.graph.repeats else self.world.facts
        try:
            return formula.evaluate(context)
        except FeelError as reason:
            raise trouble("flow.expression", text=formula.text, en=reason.en, zh=reason.zh) from None

    def holds(self, formula: Formula | None, scope_id: Id, extra: Mapping[str, object] | None = None) -> bool:
        """Whether a condition is true; a missing fact is null, and null is not true."""
        return formula is not None and self.answer(formula, scope_id, extra) is True

    def _context(self, scope_id: Id, extra: Mapping[str, object] | None) -> Mapping[str, object]:
        """The facts, with what the repeated activities around know in front of them."""
        known = routes.around(self.graph, State(self.tokens.rows, self.scopes.rows), scope_id)
        if extra:
            known.update(extra)
        return Layers(known, self.world.facts) if known else self.world.facts

    # The answer.

    def changes(self) -> Changes:
        """What this step did. Offers that were cancelled again in the same step are none."""
        live = self.tokens.after
        state = State(
            live,
            self.scopes.after,
            self.timers.after,
            self.subscriptions.after,
            self.seq,
            self.status,
        )
        offers = [offer for offer in self.offers if offer.token_id in live]
        if len(offers) > 1:
            offers.sort(key=lambda offer: offer.spot.order)
        return Changes(
            state,
            self.tokens.changes,
            self.scopes.changes,
            self.timers.changes,
            self.subscriptions.changes,
            self.history,
            offers,
            [call for call in self.calls if call.token_id in live],
            [child for child in self.children if child.token_id in live],
            self.stopped,
            self.messages,
            self.signals,
            self.escalations,
            self.incidents,
            self.error,
            self.steps,
        )

    @property
    def running(self) -> bool:
        """Whether the run is still open."""
        return self.status == RUNNING
