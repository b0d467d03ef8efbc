"""A published drawing and a line of history never change: the database keeps that.

SQLite rebuilds a table when a column changes and forgets its triggers: a later migration that alters one of
these tables repeats this operation. Rows may still be deleted, with the organisation or the run they are of.
"""

from django.db import migrations

# Table, what must not be written, when.
KEPT = (
    (
        "flows_version",
        "published_drawing_never_changes",
        ("xml", "sha256", "page_id", "number"),
        "OLD.state <> 'draft'",
    ),
    (
        "flows_history",
        "history_is_only_added_to",
        ("seq", "node", "what", "flow", "cause", "event_id"),
        "OLD.seq > 0",
    ),
)
SQLITE = """
CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
TRIGGER = """
CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW WHEN ({when})
EXECUTE FUNCTION {name}()
"""


def keep(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table, name, columns, when in KEPT:
        words = {"table": table, "name": name, "columns": ", ".join(columns), "when": when}
        for statement in (FUNCTION, TRIGGER) if postgresql else (SQLITE,):
            schema_editor.execute(statement.format(**words))


def let_go(apps, schema_editor):
    for _table, name, _columns, _when in KEPT:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("flows", "0001_initial")]
    operations = [migrations.RunPython(keep, let_go)]
