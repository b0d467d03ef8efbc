"""No two stretches of one thing overlap: one promise, kept by the database, on both databases.

Used in a migration of the room that owns the table::

    operations = [NoOverlap("occupancy", name="nobody_is_in_two_places", of=("organisation", "resource_id"))]

PostgreSQL keeps it with an exclusion constraint (extension ``btree_gist``), SQLite with triggers under
its single writer. A broken promise is Django's ``IntegrityError`` on both. The stretch is half-open: one
may start at the moment another ends.

SQLite rebuilds a table when a column changes and forgets its triggers: a later migration that alters
such a table repeats the operation.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import Model

# The stretches already kept do not overlap, so the last to start before the new one ends is the only one
# that can be in the way: one step in the index, however long the history.
TRIGGER = """
CREATE TRIGGER {name}_{event} BEFORE {occasion} ON {table} FOR EACH ROW WHEN (
    SELECT {ends} FROM {table} WHERE {same} AND {starts} < NEW.{ends} AND id <> NEW.id
    ORDER BY {starts} DESC LIMIT 1
) > NEW.{starts}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
EXCLUSION = """
ALTER TABLE {table} ADD CONSTRAINT {name}
EXCLUDE USING gist ({same}, tstzrange({starts}, {ends}, '[)') WITH &&)
"""


class NoOverlap(Operation):
    """Refuse a row whose stretch overlaps another's with the same values in the fields ``of``."""

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.SQL

    def __init__(
        self, model: str, *, name: str, of: tuple[str, ...], starts: str = "starts_at", ends: str = "ends_at"
    ) -> None:
        self.model, self.name, self.of, self.starts, self.ends = model, name, of, starts, ends

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are: only the database knows."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self._forwards(schema_editor, to_state.apps.get_model(app_label, self.model)):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self._backwards(schema_editor, from_state.apps.get_model(app_label, self.model)):
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"No two stretches of one {' and '.join(self.of)} overlap in {self.model}"

    @property
    def migration_name_fragment(self) -> str:
        return self.name

    def _forwards(self, editor: BaseDatabaseSchemaEditor, model: type[Model]) -> list[str]:
        words = self._words(editor, model)
        if editor.connection.vendor == "postgresql":
            same = ", ".join(f"{column} WITH =" for column in self._columns(editor, model))
            return [
                "CREATE EXTENSION IF NOT EXISTS btree_gist",
                EXCLUSION.format(same=same, **words),
            ]
        same = " AND ".join(f"{column} = NEW.{column}" for column in self._columns(editor, model))
        watched = ", ".join([*self._columns(editor, model), words["starts"], words["ends"]])
        return [
            *self._backwards(editor, model),
            TRIGGER.format(event="insert", occasion="INSERT", same=same, **words),
            TRIGGER.format(event="update", occasion=f"UPDATE OF {watched}", same=same, **words),
        ]

    def _backwards(self, editor: BaseDatabaseSchemaEditor, model: type[Model]) -> list[str]:
        if editor.connection.vendor == "postgresql":
            return ["ALTER TABLE {table} DROP CONSTRAINT {name}".format(**self._words(editor, model))]
        return [f"DROP TRIGGER IF EXISTS {self.name}_{event}" for event in ("insert", "update")]

    def _words(self, editor: BaseDatabaseSchemaEditor, model: type[Model]) -> dict[str, str]:
        return {
            "name": self.name,
            "table": editor.quote_name(model._meta.db_table),
            "starts": self._column(editor, model, self.starts),
            "ends": self._column(editor, model, self.ends),
        }

    def _columns(self, editor: BaseDatabaseSchemaEditor, model: type[Model]) -> list[str]:
        return [self._column(editor, model, name) for name in self.of]

    def _column(self, editor: BaseDatabaseSchemaEditor, model: type[Model], name: str) -> str:
        field: Any = model._meta.get_field(name)
        return editor.quote_name(field.column)
