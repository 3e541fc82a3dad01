"""The trail is append-only in the database itself, whatever code is written against it."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{what} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
"""
SQLITE = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{what} is append-only'); END;
"""


def append_only(schema_editor, table, what=""):
    """Its rows are never changed or deleted. SQLite changes a table by copying it, and forgets its triggers: a later
    migration of the table calls this again there."""
    what = what or table
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL.format(table=table, what=what))
    else:
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(table=table, what=what, act=act))


def install(apps, schema_editor):
    append_only(schema_editor, "actors_event")


class Migration(migrations.Migration):
    replaces = [("actors", "0002_event_append_only")]
    dependencies = [("actors", "0001_tables")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
