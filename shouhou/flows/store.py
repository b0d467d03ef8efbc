"""The store of runs: rows into the kernel's ``State``, and a step's ``Changes`` into rows.

A plain step is four statements: read the tokens with their run, move the token, add the history, count on
the run. Scopes, timers and subscriptions are read only when a step looks at them.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar, cast
from uuid import UUID

from shouhou.core.models import Event
from shouhou.core.recall import recall
from shouhou.core.use_case import under_way
from shouhou.flows import models
from shouhou.flows.graphs import graph_of
from shouhou.flows.moments import Moments
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


def _read(root_id: UUID) -> Runs:
    rows = models.Token.objects.filter(run__root_id=root_id, run__state=models.Run.State.RUNNING)
    found: dict[UUID, tuple[models.Run, dict[Any, bpmn.Token]]] = {}
    for row in rows.select_related("run").order_by("run__number", "id"):
        _run, tokens = found.setdefault(row.run_id, (row.run, {}))
        tokens[row.pk] = token_of(row)
    return {
        run_id: LiveRun(run, graph_of(run.version_id), _state(run, tokens))
        for run_id, (run, tokens) in found.items()
    }


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


def token_of(row: models.Token) -> bpmn.Token:
    """A token's row as the kernel has it."""
    state = cast(bpmn.state.Resting, row.state)
    return bpmn.Token(row.pk, row.node, row.scope_id, row.since, row.arrived_by, state, row.counter)


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


def write(run: LiveRun, changes: bpmn.Changes, cause: Cause, moments: Moments) -> None:
    """Keep what a step did; ``run`` then stands where the step left it."""
    _keep(models.Token, run, changes.tokens, partial(_token, run.graph))
    _keep(models.Scope, run, changes.scopes, _scope)
    _keep(models.Timer, run, changes.timers, partial(_timer, run.row.root_id, moments))
    _keep(models.Subscription, run, changes.subscriptions, _subscription)
    run.state = changes.state
    if not changes.history:
        return
    models.History.objects.bulk_create([_line(run, record, cause) for record in changes.history])
    run.row.seq, run.row.state = changes.state.seq, changes.state.status
    fields = ["seq"]
    if changes.status != bpmn.state.RUNNING:
        run.row.ended_at = cause.now
        fields += ["state", "ended_at"]
    run.row.save(update_fields=fields)


def _keep(
    model: type[models.run.Live], run: LiveRun, rows: Rows[R], values: Callable[[R], dict[str, Any]]
) -> None:
    """Write one table's changes. A row that goes while one comes is moved: one statement instead of two."""
    if not rows:
        return
    kept, removed, added = model._default_manager, [*map(uuid_of, rows.removed)], list(rows.added.values())
    if len(removed) == len(added) == 1:
        kept.filter(pk=removed.pop()).update(**values(added.pop()))
    if removed:
        kept.filter(pk__in=removed).delete()
    if added:
        always = {"organisation_id": run.row.organisation_id, "run_id": run.row.pk}
        kept.bulk_create([model(**always, **values(row)) for row in added])
    for row in rows.changed.values():
        kept.filter(pk=uuid_of(row.id)).update(**values(row))


def _token(graph: bpmn.Graph, row: bpmn.Token) -> dict[str, Any]:
    return row._asdict() | {"task": (graph.spots[row.node].key or "")[:60]}


def _scope(row: bpmn.Scope) -> dict[str, Any]:
    return row._asdict() | {"items": None if row.items is None else [_plain(item) for item in row.items]}


def _timer(root_id: UUID, moments: Moments, row: bpmn.Timer) -> dict[str, Any]:
    values = row._asdict()
    due_at = values.pop("due")
    return values | {
        "root_id": root_id,
        "due_at": due_at,
        "armed_at": moments.armed_at(row),
        "stuck_at": None,
    }


def _subscription(row: bpmn.Subscription) -> dict[str, Any]:
    return row._asdict()


def _line(run: LiveRun, record: bpmn.Record, cause: Cause) -> models.History:
    return models.History(
        organisation_id=run.row.organisation_id,
        run_id=run.row.pk,
        seq=record.seq,
        node=record.node,
        what=record.what,
        flow=record.flow,
        token_id=None if record.token_id is None else uuid_of(record.token_id),
        cause=record.cause,
        event=cause.event,
        happened_at=cause.happened_at,
        recorded_at=cause.now,
    )


def _plain(value: object) -> object:
    """A FEEL value as JSON that ``feel.from_json`` reads back as the same value."""
    if isinstance(value, date | datetime | time | timedelta | feel.YearsMonths):
        return f'@"{feel.to_json(value)}"'
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return feel.to_json(value)
