"""The statuses of reports, compilations, fact checks and renderings move as their lifecycle tables say; and the check of the
books may hold the trail still, which the application's role may not do by itself."""

from importlib import import_module

from django.db import migrations

guards = import_module("actors.migrations.0050_guards")

# A table's moves, "from>to", and the statuses that a row may begin with.
MOVES = {
    "reporting_activityreport": "approved>returned draft>submitted returned>submitted reviewed>approved reviewed>returned submitted>returned submitted>reviewed",
    "reporting_compilationversion": "delivered>acknowledged draft>frozen established>delivered frozen>draft frozen>established",
    "reporting_factcheck": "asked>confirmed asked>objected asked>withdrawn objected>handled",
    "reporting_rendering": "queued>running running>done running>failed",
}
BORN_AS = {
    "reporting_activityreport": "draft",
    "reporting_compilationversion": "draft",
    "reporting_factcheck": "asked",
    "reporting_rendering": "queued",
}
HOLD = """
CREATE FUNCTION reporting_hold_the_trail() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN LOCK TABLE actors_event IN SHARE MODE; END $$;
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        guards.lifecycles(schema_editor, MOVES, BORN_AS)
        schema_editor.execute(HOLD, params=None)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0030_impartial"), ("actors", "0050_guards")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
