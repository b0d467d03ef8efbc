"""One verb, one service, one door: what surrounds every change.

A service is a plain function under ``@use_case``. In this order the door

1. asks the policy whether the actor may do the verb,
2. gives the stored answer when the command key was answered before,
3. locks the root and reads the subject among the rows the actor sees,
4. asks the gates (the flow's gate: is this verb offered now?),
5. lets the function change and record,
6. lets the *at once* listeners hear what was recorded, until all is quiet,
7. writes the chain heads, has the read models of the touched roots kept, and commits.

A deadlock or a lost serialisation is tried again from the start.

Lock order everywhere: root → domain rows by id → people and vehicles by id → ledgers.

    @use_case("work.hand_over_visit", on=Visit)
    def hand_over_visit(visit: Visit, *, to_id: UUID, reason: str, actor: Actor, now: datetime) -> Visit: ...

Callers may give the subject or its id. A ``composite`` verb only calls other verbs; after each of
them the flow moves on, all within one transaction.
"""

import functools
import random
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, overload
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Model, QuerySet

from shouhou.core import commands, gates, policy
from shouhou.core.actor import Actor
from shouhou.core.models import Event, Root
from shouhou.core.refusals import Busy, NotFound

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=Model)

TRIES = 5
DEADLOCK, SERIALISATION = "40P01", "40001"

Listener = Callable[[Event, Actor, datetime], None]
Keeper = Callable[[UUID, datetime], None]


@dataclass
class Command:
    """What one transaction has in hand: the locked roots, the events not yet heard, what ``recall`` read."""

    roots: dict[UUID, Root] = field(default_factory=dict)
    unheard: deque[tuple[Event, Actor, datetime]] = field(default_factory=deque)
    frames: list[bool] = field(default_factory=list)
    settling: bool = False
    known: dict[Hashable, Any] = field(default_factory=dict)


_command: ContextVar[Command | None] = ContextVar("command", default=None)
_listeners: list[Listener] = []
_keepers: list[Keeper] = []
VERBS: dict[str, Callable[..., Any]] = {}


def install(listeners: tuple[Listener, ...], keepers: tuple[Keeper, ...] = ()) -> None:
    """Say who hears every event at once, and who keeps read models of the roots a command touched.

    Both within the command's transaction; wired once, at start.
    """
    _listeners[:], _keepers[:] = listeners, keepers


def under_way() -> Command | None:
    """The command under way, if one is."""
    return _command.get()


def current() -> Command:
    """The command under way.

    Raises ``RuntimeError`` outside a use case: only services change and record.
    """
    command = _command.get()
    if command is None:
        raise RuntimeError("Only a use case may change or record.")
    return command


def lock_root(root_id: UUID, organisation_id: UUID) -> Root:
    """Lock a root for the rest of the transaction, once; make it when it is new."""
    roots = current().roots
    if root_id not in roots:
        rows = Root.objects.select_for_update()
        root = rows.filter(pk=root_id, organisation_id=organisation_id).first()
        if root is None:
            # Two commands may find it missing at once: the second waits for the first, then reads its row.
            Root.objects.bulk_create(
                [Root(pk=root_id, organisation_id=organisation_id)], ignore_conflicts=True
            )
            root = rows.get(pk=root_id, organisation_id=organisation_id)
        roots[root_id] = root
    return roots[root_id]


@contextmanager
def attempt() -> Iterator[None]:
    """A part that may be refused without losing the rest: its rows and events are undone alone."""
    command = current()
    heads = {key: (root.length, root.head) for key, root in command.roots.items()}
    heard = len(command.unheard)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        command.known.clear()
        for key in set(command.roots) - set(heads):
            del command.roots[key]
        for key, (length, head) in heads.items():
            command.roots[key].length, command.roots[key].head = length, head
        while len(command.unheard) > heard:
            command.unheard.pop()
        raise


@overload
def use_case(verb: str, *, composite: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
@overload
def use_case(
    verb: str, *, on: type[S], composite: bool = False
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S | UUID, P], R]]: ...
def use_case(verb: str, *, on: Any = None, composite: bool = False) -> Any:
    """Make a function the one door of ``verb``; ``on`` is the model of its subject, if it has one."""

    def decorate(service: Callable[..., R]) -> Callable[..., R]:
        @functools.wraps(service)
        def call(*subject: Any, actor: Actor, now: datetime, **arguments: Any) -> R:
            def carry_out() -> R:
                return _carry_out(verb, service, on, composite, subject, actor, now, arguments)

            if _command.get() is not None:
                return carry_out()
            policy.require(actor, verb)
            return _in_transaction(
                lambda: commands.once(verb, subject, arguments, actor, now, carry_out), now
            )

        VERBS[verb] = call
        return call

    return decorate


def _in_transaction(carry_out: Callable[[], R], now: datetime) -> R:
    for tried in range(1, TRIES + 1):
        token = _command.set(Command())
        try:
            with transaction.atomic():
                result = carry_out()
                _conclude(now)
                return result
        except OperationalError as trouble:
            if "database is locked" in str(trouble):
                raise Busy from trouble
            if getattr(trouble.__cause__, "sqlstate", "") not in (DEADLOCK, SERIALISATION):
                raise
            if tried == TRIES:
                raise Busy from trouble
            # Not all at the same moment, or those who met would meet again.
            time.sleep(random.uniform(0.0, 0.05 * 2**tried))
        finally:
            _command.reset(token)
    raise AssertionError("unreachable")


def _carry_out(
    verb: str,
    service: Callable[..., R],
    on: type[Model] | None,
    composite: bool,
    given: tuple[Any, ...],
    actor: Actor,
    now: datetime,
    arguments: dict[str, Any],
) -> R:
    policy.require(actor, verb)
    command = current()
    subject = _subject(on, given[0], actor) if on is not None else None
    gates.ask(gates.Attempt(verb, actor, now, subject, root_of(subject), arguments))
    command.frames.append(composite)
    try:
        words = (subject,) if on is not None else given
        result = service(*words, actor=actor, now=now, **arguments)
    finally:
        command.frames.pop()
    # A verb called from inside another waits for the outer one to be whole before the flow moves.
    if not command.frames or command.frames[-1]:
        settle()
    return result


def settle() -> None:
    """Let the listeners hear what was recorded, until nothing new is said."""
    command = current()
    if command.settling:
        return
    command.settling = True
    try:
        while command.unheard:
            event, actor, now = command.unheard.popleft()
            for listener in _listeners:
                listener(event, actor, now)
    finally:
        command.settling = False


def _conclude(now: datetime) -> None:
    """Write the heads of the chains that grew, once for the whole command, and let read models follow."""
    for root in current().roots.values():
        if root.length != root.stored_length:
            root.save(update_fields=["length", "head"])
            for keep in _keepers:
                keep(root.pk, now)


def root_of(subject: Model | None) -> UUID | None:
    """The root a row hangs on, along its model's ``root_path``."""
    if subject is None:
        return None
    value: Any = subject
    for step in getattr(subject, "root_path", "organisation_id").split("__"):
        value = getattr(value, step)
    return value  # type: ignore[no-any-return]  # the path ends in a UUID column


def _subject(on: type[Model], given: Model | UUID, actor: Actor) -> Model:
    """Lock the subject's root, then read the subject afresh among the rows the actor sees.

    Raises ``NotFound``.
    """
    key = given.pk if isinstance(given, Model) else given
    rows = policy.scope(actor, on).filter(pk=key)
    _lock_root_of(rows, getattr(on, "root_path", "organisation_id"), actor)
    subject: Model | None = rows.first()
    if subject is None:
        raise NotFound(what=on._meta.verbose_name)
    return subject


def _lock_root_of(rows: "QuerySet[Any]", path: str, actor: Actor) -> None:
    """Lock the root a row hangs on, in one statement when it is not locked yet.

    What hangs on the organisation may be its first change: then its root is made.
    """
    if path == "organisation_id":
        lock_root(actor.organisation_id, actor.organisation_id)
        return
    found = Root.objects.select_for_update().filter(pk__in=rows.order_by().values(path))
    for root in found:
        if root.pk not in current().roots:
            root.stored_length = root.length
            current().roots[root.pk] = root
