"""The trail is append-only in the database itself, whatever code is written against it."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION actors_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'actors_event is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER actors_event_append_only BEFORE UPDATE OR DELETE ON actors_event
FOR EACH ROW EXECUTE FUNCTION actors_event_refuse();
"""
SQLITE = """
CREATE TRIGGER actors_event_no_{what} BEFORE {what} ON actors_event
BEGIN SELECT RAISE(ABORT, 'actors_event is append-only'); END;
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for what in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(what=what))


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
