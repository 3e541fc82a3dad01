"""A submitted version is never changed or deleted, in the database itself."""

from importlib import import_module

from django.db import migrations

SQL = import_module("actors.migrations.0002_event_append_only")


def install(apps, schema_editor):
    def ours(text):
        return text.replace("actors_event", "reporting_reportversion")

    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ours(SQL.POSTGRESQL))
    else:
        for what in ("UPDATE", "DELETE"):
            schema_editor.execute(ours(SQL.SQLITE).format(what=what))


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_initiatives_numbered")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
