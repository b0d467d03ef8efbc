"""What one step did: rows to write, records to append, and what the store must do next."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from shouhou.kernel.bpmn.graph import Spot
from shouhou.kernel.bpmn.state import Id, Scope, State, Status, Subscription, Timer, Token
from shouhou.kernel.bpmn.timing import Due, wall_due

LIMIT = 1_000
"""Nodes one stimulus may pass before a person is asked: no drawing passes so many without anyone acting."""

What = Literal[
    "started",
    "entered",
    "passed",
    "completed",
    "joined",
    "fired",
    "received",
    "thrown",
    "cancelled",
    "failed",
    "retried",
    "jumped",
    "ended",
]


class World(NamedTuple):
    """What a step may know of the world.

    ``now`` stamps tokens and starts clocks; ``new_id`` makes keys; ``facts``
    answers names in expressions, lazily if it likes; ``due`` resolves a timer
    rule (the calendar's business); ``limit`` bounds the nodes one step passes;
    ``called`` says that another run waits for this one, so that an error nobody
    catches ends it instead of stopping it.
    """

    now: datetime
    new_id: Callable[[], Id]
    facts: Mapping[str, object]
    due: Due = wall_due
    limit: int = LIMIT
    called: bool = False


class Record(NamedTuple):
    """One line of the run's history. ``flow`` is the sequence flow that led here, ``cause`` the
    ``seq`` of its reason.

    ``entered`` came to rest, ``passed`` went straight on, ``completed`` a task
    or scope is done, ``joined`` waits at a gateway, ``fired`` a timer,
    ``received`` a message, signal or condition, ``thrown`` likewise.
    """

    seq: int
    node: str
    what: What
    flow: str | None
    token_id: Id | None
    scope_id: Id | None
    cause: int | None


class Offer(NamedTuple):
    """A task now waits for someone. ``spot`` has its key, roles and form; ``counter`` the instance."""

    token_id: Id
    spot: Spot
    scope_id: Id
    counter: int | None


class Call(NamedTuple):
    """A service, send or business-rule task: invoke its verb, then ``complete`` or ``throw``."""

    token_id: Id
    spot: Spot
    scope_id: Id
    counter: int | None


class Child(NamedTuple):
    """Start a run of process ``called`` for a call activity; when it ends, ``complete`` (or
    ``throw``) its token.
    """

    token_id: Id
    spot: Spot
    called: str
    counter: int | None


class Thrown(NamedTuple):
    """A message, signal or escalation that left this run. ``key`` correlates a message."""

    kind: str
    name: str
    key: str | None
    node: str


class Incident(NamedTuple):
    """A token that cannot go on, with the sentence for the person who repairs it."""

    token_id: Id | None
    node: str
    code: str
    en: str
    zh: str


class Row(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> Id: ...


R = TypeVar("R", bound=Row)


@dataclass(slots=True)
class Rows(Generic[R]):
    """What to write to one table, keyed by id."""

    added: dict[Id, R] = field(default_factory=dict)
    changed: dict[Id, R] = field(default_factory=dict)
    removed: dict[Id, R] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def applied(self, rows: Mapping[Id, R]) -> dict[Id, R]:
        """The table after these changes."""
        kept = {key: row for key, row in rows.items() if key not in self.removed}
        return {**kept, **self.changed, **self.added}


@dataclass(slots=True)
class Changes:
    """The answer of a step. ``state`` is the run after it; ``steps`` the nodes it passed.

    ``stopped`` are the tokens of call activities whose child runs must be
    cancelled. ``error`` is the code that broke the run, when nobody caught it.
    """

    state: State
    tokens: Rows[Token]
    scopes: Rows[Scope]
    timers: Rows[Timer]
    subscriptions: Rows[Subscription]
    history: list[Record]
    offers: list[Offer]
    calls: list[Call]
    children: list[Child]
    stopped: list[Id]
    messages: list[Thrown]
    signals: list[Thrown]
    escalations: list[Thrown]
    incidents: list[Incident]
    error: str | None
    steps: int

    @property
    def status(self) -> Status:
        """The run's status after the step."""
        return self.state.status

    def flows(self) -> Iterator[str]:
        """The sequence flows taken, in order; one that led to an incident is not counted again at
        the retry.
        """
        retried = {record.seq for record in self.history if record.what == "retried"}
        for record in self.history:
            if record.flow and record.what in _ARRIVALS and record.cause not in retried:
                yield record.flow


_ARRIVALS = frozenset(("entered", "passed", "joined", "failed", "thrown", "fired", "received"))
