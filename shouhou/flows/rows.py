"""Rows in plain SQL (直写): how a step reads and writes the engine's own tables.

Building a query anew costs more than the step it keeps, so the words of each statement are made once. What the
tables are, the models alone say. On PostgreSQL all that a step writes travels as one statement.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models

ROWS = 500
"""Rows one statement adds or takes at most: SQLite binds no more than 32,766 values."""
TOGETHER = 50
"""Statements that travel as one at most."""

Row = Sequence[Any]
Names = tuple[str, ...]
Adapter = Callable[[Any], Any]


class Statement(NamedTuple):
    """The words and values of one change. No two changes of a step meet in a row."""

    sql: str
    values: Row


class Sheet:
    """One table: the words of its statements, and how its values are written and read.

    ``written`` and ``read`` take values in the order of the columns named.
    """

    def __init__(self, model: type[models.Model]) -> None:
        quoted, fields = connection.ops.quote_name, model._meta.concrete_fields
        self.name = quoted(model._meta.db_table)
        self.columns = {field.attname: quoted(str(field.column)) for field in fields}
        writers = {field.attname: _writer(field) for field in fields}
        readers = {field.attname: _reader(field) for field in fields}
        self.written = partial(_adapted, cache(partial(_places, writers)))
        self.read = partial(_adapted, cache(partial(_places, readers)))
        self._inserting, self._updating = cache(self._insert_words), cache(self._update_words)

    def insert(self, names: Names, rows: Sequence[Row]) -> Iterator[Statement]:
        """Add rows."""
        for some in _in_parts(rows, ROWS):
            values = [value for row in some for value in self.written(names, row)]
            yield Statement(self._inserting(names, len(some)), values)

    def update(self, key: UUID, names: Names, values: Row) -> Statement:
        """Give one row other values; its key may be among them."""
        return Statement(self._updating(names), self.written((*names, "id"), (*values, key)))

    def delete(self, keys: Sequence[UUID]) -> Iterator[Statement]:
        """Take rows away."""
        for some in _in_parts(keys, ROWS):
            words = f"DELETE FROM {self.name} WHERE id IN ({', '.join(['%s'] * len(some))})"
            yield Statement(words, [value for key in some for value in self.written(("id",), (key,))])

    def _insert_words(self, names: Names, rows: int) -> str:
        columns, marks = ", ".join(self.columns[name] for name in names), ", ".join(["%s"] * len(names))
        return f"INSERT INTO {self.name} ({columns}) VALUES {', '.join([f'({marks})'] * rows)}"

    def _update_words(self, names: Names) -> str:
        return f"UPDATE {self.name} SET {', '.join(f'{self.columns[name]} = %s' for name in names)} WHERE id = %s"


@cache
def sheet(model: type[models.Model]) -> Sheet:
    """The table of a model."""
    return Sheet(model)


def carry_out(statements: Sequence[Statement]) -> None:
    """Make all changes of a step. None looks at what another makes, so that they may travel as one."""
    most = TOGETHER if connection.vendor == "postgresql" else 1
    with connection.cursor() as cursor:
        for some in _in_parts(statements, most):
            cursor.execute(_as_one(some), [value for statement in some for value in statement.values])


def _as_one(statements: Sequence[Statement]) -> str:
    *before, last = (statement.sql for statement in statements)
    named = ", ".join(f"s{number} AS ({sql})" for number, sql in enumerate(before))
    return f"WITH {named} {last}" if named else last


def _in_parts(things: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(things), most):
        yield things[start : start + most]


def _adapted(places: Callable[[Names], list[tuple[int, Adapter]]], names: Names, row: Row) -> list[Any]:
    values = list(row)
    for place, adapter in places(names):
        if values[place] is not None:
            values[place] = adapter(values[place])
    return values


def _places(adapters: Mapping[str, Adapter | None], names: Names) -> list[tuple[int, Adapter]]:
    return [(place, found) for place, name in enumerate(names) if (found := adapters[name]) is not None]


def _writer(field: "models.Field[Any, Any]") -> Adapter | None:
    """How a value of a column is handed to the driver; ``None`` where it goes as it is."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    match target:
        case models.UUIDField():
            return None if connection.features.has_native_uuid_field else _hex
        case models.DateTimeField() if connection.vendor == "sqlite":
            # The lines of a step share their moments.
            return lru_cache(maxsize=64)(connection.ops.adapt_datetimefield_value)
        case models.JSONField():
            return lambda value: target.get_db_prep_save(value, connection)
    return None


def _hex(key: UUID) -> str:
    return key.hex


def _reader(field: "models.Field[Any, Any]") -> Adapter | None:
    """How a value of the driver becomes the column's; ``None`` where it is."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    match target:
        case models.UUIDField():
            return None if connection.features.has_native_uuid_field else UUID
        case models.DateTimeField() if connection.vendor == "sqlite":
            return lambda value: connection.ops.convert_datetimefield_value(value, None, connection)  # type: ignore[attr-defined]
    return None
