"""Jäv said by PostgreSQL of those who review, approve and send pages to be checked. See grants/migrations/0032."""

from importlib import import_module

from django.db import migrations

guard = import_module("grants.migrations.0032_impartial_everywhere").guard

PEOPLE = {
    "reporting_activityreport": (
        *("tranche_id=tranche", "case_officer_id=review_report:report:id", "approved_by_id"),
        "reviewed_by_id=review_report:report:id",
    ),
    "reporting_factcheck": (
        *("tranche_id=tranche", "asked_by_id=ask_fact_check:tranche:tranche_id"),
        "handled_by_id=handle_fact_check:fact_check:id",
    ),
}


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        guard(schema_editor, PEOPLE)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_kept"), ("grants", "0032_impartial_everywhere")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
