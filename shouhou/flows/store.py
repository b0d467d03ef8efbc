"""The store of runs: rows into the kernel's ``State``, and a step's ``Changes`` into rows.

A plain step is four statements: read the tokens with their run, move the token, add the history, count on
the run; on PostgreSQL the last three travel as one. Scopes, timers and subscriptions are read only when a step
looks at them.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection

from shouhou.core.ids import new_id
from shouhou.core.models import Event
from shouhou.core.recall import recall
from shouhou.core.use_case import under_way
from shouhou.flows import models
from shouhou.flows.graphs import graph_of
from shouhou.flows.moments import Moments
from shouhou.flows.rows import Names, Statement, carry_out, sheet
from shouhou.kernel import bpmn, feel
from shouhou.kernel.bpmn.changes import Rows

R = TypeVar("R", bound=bpmn.Token | bpmn.Scope | bpmn.Timer | bpmn.Subscription)


@dataclass(slots=True)
class LiveRun:
    """A run that is under way: its row, its compiled drawing, its live rows."""

    row: models.Run
    graph: bpmn.Graph
    state: bpmn.State


class Lazy(Mapping[Any, R]):
    """Rows that are read when first asked for."""

    def __init__(self, read: Callable[[], dict[Any, R]]) -> None:
        self._read = read
        self._rows: dict[Any, R] | None = None

    @property
    def rows(self) -> dict[Any, R]:
        """The rows by id."""
        if self._rows is None:
            self._rows = self._read()
        return self._rows

    def __getitem__(self, key: Any) -> R:
        return self.rows[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


Runs = dict[UUID, LiveRun]


def uuid_of(row_id: Hashable) -> UUID:
    """A row's key: what the kernel calls any key is a UUID here."""
    assert isinstance(row_id, UUID)
    return row_id


def key_of(root_id: UUID) -> tuple[str, UUID]:
    """Under which key a command remembers the live runs of a root."""
    return ("flows.runs", root_id)


def live(root_id: UUID) -> Runs:
    """The live runs of a root, oldest first; read once in a command, whose lock keeps them still."""
    if under_way() is None:
        return _read(root_id)
    return recall(key_of(root_id), lambda: _read(root_id))


TOKEN = bpmn.Token._fields
RUN = tuple(field.attname for field in models.Run._meta.concrete_fields)


@cache
def _standing() -> str:
    """The words that read the tokens of a root's live runs, each with its run."""
    tokens, runs = sheet(models.Token), sheet(models.Run)
    columns = [f"t.{tokens.columns[name]}" for name in TOKEN] + [f"r.{runs.columns[name]}" for name in RUN]
    return (
        f"SELECT {', '.join(columns)} FROM {tokens.name} t JOIN {runs.name} r ON r.id = t.run_id "
        f"WHERE r.root_id = %s AND r.state = '{bpmn.state.RUNNING}' ORDER BY r.number, t.id"
    )


def _read(root_id: UUID) -> Runs:
    tokens, runs = sheet(models.Token), sheet(models.Run)
    with connection.cursor() as cursor:
        cursor.execute(_standing(), runs.written(("root_id",), (root_id,)))
        rows = cursor.fetchall()
    found: Runs = {}
    standing: dict[object, dict[Any, bpmn.Token]] = {}
    for row in rows:
        its = row[len(TOKEN) :]
        if its[0] not in standing:
            run = models.Run.from_db(DEFAULT_DB_ALIAS, RUN, runs.read(RUN, its))
            standing[its[0]] = {}
            found[run.pk] = LiveRun(run, graph_of(run.version_id), _state(run, standing[its[0]]))
        token = bpmn.Token(*tokens.read(TOKEN, row[: len(TOKEN)]))
        standing[its[0]][token.id] = token
    return found


def _state(run: models.Run, tokens: Mapping[Any, bpmn.Token]) -> bpmn.State:
    return bpmn.State(
        tokens,
        Lazy(partial(_rows, models.Scope, run.pk, _scope_of)),
        Lazy(partial(_rows, models.Timer, run.pk, _timer_of)),
        Lazy(partial(_rows, models.Subscription, run.pk, _subscription_of)),
        run.seq,
    )


def _rows(model: type[models.run.Live], run_id: UUID, read: Callable[[Any], R]) -> dict[Any, R]:
    return {row.pk: read(row) for row in model._default_manager.filter(run_id=run_id).order_by("id")}


def _scope_of(row: models.Scope) -> bpmn.Scope:
    values = {name: getattr(row, name) for name in bpmn.Scope._fields}
    items = None if row.items is None else tuple(feel.from_json(item) for item in row.items)
    return bpmn.Scope(**values | {"items": items})


def _timer_of(row: models.Timer) -> bpmn.Timer:
    return bpmn.Timer(row.pk, row.node, row.token_id, row.scope_id, row.form, row.rule, row.due_at, row.left)


def _subscription_of(row: models.Subscription) -> bpmn.Subscription:
    return bpmn.Subscription(row.pk, row.node, row.token_id, row.scope_id, row.kind, row.name, row.key)  # type: ignore[arg-type]


# — writing —


@dataclass(frozen=True, slots=True)
class Cause:
    """Why and when a step is taken: the event in the world, if one is the reason."""

    now: datetime
    event: Event | None = None

    @property
    def happened_at(self) -> datetime:
        """When it happened, maybe before it was recorded; a message kept from before takes effect now."""
        fresh = self.event is not None and self.event.recorded_at == self.now
        return self.event.happened_at if self.event is not None and fresh else self.now


OURS = ("organisation_id", "run_id")
"""What every live row and every line of history begins with."""
TIMER = (
    "root_id",
    "armed_at",
    "stuck_at",
    *(f"{name}_at" if name == "due" else name for name in bpmn.Timer._fields),
)
LINE = (
    *OURS,
    "event_id",
    "happened_at",
    "recorded_at",
    "id",
    "seq",
    "node",
    "what",
    "flow",
    "token_id",
    "cause",
)


def write(run: LiveRun, changes: bpmn.Changes, cause: Cause, moments: Moments) -> None:
    """Keep what a step did; ``run`` then stands where the step left it."""
    timer = partial(_timer, run.row.root_id, moments)
    statements = [
        *_kept(models.Token, run, changes.tokens, (*TOKEN, "task"), partial(_token, run.graph)),
        *_kept(models.Scope, run, changes.scopes, bpmn.Scope._fields, _scope),
        *_kept(models.Timer, run, changes.timers, TIMER, timer),
        *_kept(models.Subscription, run, changes.subscriptions, bpmn.Subscription._fields, tuple),
    ]
    run.state = changes.state
    if changes.history:
        statements += sheet(models.History).insert(LINE, _lines(run, changes.history, cause))
        statements.append(_counted_on(run, changes, cause))
    carry_out(statements)


def _counted_on(run: LiveRun, changes: bpmn.Changes, cause: Cause) -> Statement:
    """The run's own row: how long its history is, and that it is over."""
    run.row.seq, run.row.state = changes.state.seq, changes.state.status
    names: Names = ("seq",)
    if changes.status != bpmn.state.RUNNING:
        run.row.ended_at = cause.now
        names = ("seq", "state", "ended_at")
    return sheet(models.Run).update(run.row.pk, names, [getattr(run.row, name) for name in names])


def _kept(
    model: type[models.run.Live],
    run: LiveRun,
    rows: Rows[R],
    names: Names,
    values: Callable[[R], tuple[Any, ...]],
) -> Iterator[Statement]:
    """One table's changes. A row that goes while one comes is moved: one statement instead of two."""
    if not rows:
        return
    table, removed, added = sheet(model), [*map(uuid_of, rows.removed)], list(rows.added.values())
    if len(removed) == len(added) == 1:
        yield table.update(removed.pop(), names, values(added.pop()))
    yield from table.delete(removed)
    ours = (run.row.organisation_id, run.row.pk)
    yield from table.insert((*OURS, *names), [(*ours, *values(row)) for row in added])
    for row in rows.changed.values():
        yield table.update(uuid_of(row.id), names, values(row))


def _token(graph: bpmn.Graph, row: bpmn.Token) -> tuple[Any, ...]:
    return (*row, (graph.spots[row.node].key or "")[:60])


def _scope(row: bpmn.Scope) -> tuple[Any, ...]:
    return row if row.items is None else row._replace(items=tuple(map(_plain, row.items)))


def _timer(root_id: UUID, moments: Moments, row: bpmn.Timer) -> tuple[Any, ...]:
    return (root_id, moments.armed_at(row), None, *row)


def _lines(run: LiveRun, history: Sequence[bpmn.Record], cause: Cause) -> list[tuple[Any, ...]]:
    event_id = None if cause.event is None else cause.event.pk
    always = (run.row.organisation_id, run.row.pk, event_id, cause.happened_at, cause.now)
    return [
        (*always, new_id(), line.seq, line.node, line.what, line.flow, line.token_id, line.cause)
        for line in history
    ]


def _plain(value: object) -> object:
    """A FEEL value as JSON that ``feel.from_json`` reads back as the same value."""
    if isinstance(value, date | datetime | time | timedelta | feel.YearsMonths):
        return f'@"{feel.to_json(value)}"'
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return feel.to_json(value)
