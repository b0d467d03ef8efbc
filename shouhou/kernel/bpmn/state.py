"""A run's position as rows: tokens, scopes, timers, subscriptions.

Every value is one row of a store, immutable, with its own id; a step answers
with the rows it added, changed and removed. There is no history in here, so a
run that has looped 5,000 times weighs as much as a fresh one.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NamedTuple

Id = Hashable
"""A key made by the caller's ``new_id``: a UUIDv7 in the product, a number in tests."""

WAITING: Final = "waiting"
HOSTING: Final = "hosting"
JOINING: Final = "joining"
FAILED: Final = "failed"
LEAVING: Final = "leaving"
Resting = Literal["waiting", "hosting", "joining", "failed", "leaving"]


class Token(NamedTuple):
    """A place where the run stands.

    ``state`` is ``waiting`` (for a person, a verb, an event, a called run),
    ``hosting`` (what it waits for happens in a scope inside), ``joining`` (at a
    gateway that needs more), ``failed`` (could not enter the node: an incident)
    or ``leaving`` (the node is done, its way out is not clear: an incident).
    ``arrived_by`` is the sequence flow; ``counter`` the number of a
    multi-instance or loop instance, from 1.
    """

    id: Id
    node: str
    scope_id: Id
    since: datetime
    arrived_by: str | None
    state: Resting
    counter: int | None = None


class Scope(NamedTuple):
    """An open level of the run.

    ``kind`` is ``process``, ``inside`` (of a sub-process), ``event`` (an event
    sub-process), ``each`` (the instances of a repeated activity) or ``undo``
    (the handlers of a thrown compensation). ``host_id``
    is the token that waits for it. ``each`` counts: ``total`` planned (``None``
    for a loop by condition), ``started``, ``done``; ``items`` is the list it
    walks through, as it was when it began.
    """

    id: Id
    node: str
    kind: Literal["process", "inside", "event", "each", "undo"]
    parent_id: Id | None
    host_id: Id | None
    total: int | None = None
    started: int = 0
    done: int = 0
    items: tuple[object, ...] | None = None


class Timer(NamedTuple):
    """An armed clock of event ``node``, owned by a token or, for event sub-processes, by a scope.

    ``form`` and ``rule`` are kept beside the instant ``due``, so that a changed
    holiday can arm it again; ``left`` is how often it still fires (``None``: without end).
    """

    id: Id
    node: str
    token_id: Id | None
    scope_id: Id
    form: str
    rule: str
    due: datetime
    left: int | None


class Subscription(NamedTuple):
    """Event ``node`` waits for the message or signal ``name`` (with ``key``).

    ``conditional`` waits for a condition to become true (``key`` says that it
    is); ``compensate`` waits for nothing: it remembers that activity ``name``
    was done in the scope and can be undone.
    """

    id: Id
    node: str
    token_id: Id | None
    scope_id: Id
    kind: Literal["message", "signal", "conditional", "compensate"]
    name: str
    key: str | None


RUNNING: Final = "running"
ENDED: Final = "ended"
CANCELLED: Final = "cancelled"
BROKEN: Final = "broken"
Status = Literal["running", "ended", "cancelled", "broken"]


@dataclass(frozen=True, slots=True)
class State:
    """The live rows of one run. ``seq`` numbers its history; ``broken`` means ended by an error
    nobody caught.

    ``timers``, ``subscriptions`` and ``scopes`` may be mappings that load when
    first read: a step between plain tasks never touches them.
    """

    tokens: Mapping[Id, Token] = field(default_factory=dict)
    scopes: Mapping[Id, Scope] = field(default_factory=dict)
    timers: Mapping[Id, Timer] = field(default_factory=dict)
    subscriptions: Mapping[Id, Subscription] = field(default_factory=dict)
    seq: int = 0
    status: Status = RUNNING
