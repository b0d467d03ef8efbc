"""Keep search terms in the order of their bytes, so that what begins with a prefix stands together.

Under another collation than C, PostgreSQL sorts Chinese and digits its own way, and a range of terms would
miss rows. SQLite sorts by bytes already. Backward: the database's own collation.
"""

from django.db import migrations

COLUMN = "ALTER TABLE core_searchterm ALTER COLUMN term TYPE varchar(40)"


def sort_by_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'{COLUMN} COLLATE "C"')


def sort_as_the_database_does(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'{COLUMN} COLLATE "default"')


class Migration(migrations.Migration):
    dependencies = [("core", "0002_counter")]
    operations = [migrations.RunPython(sort_by_bytes, sort_as_the_database_does)]
