"""The rows of the year's end are never deleted, and what was accepted before has its line."""

from importlib import import_module

from django.db import migrations

rows_that_span = import_module("grants.migrations.0002_rows_that_span")

NEW = ("accountline", "claiminterest", "claimdeferral", "recovery")
# SQLite makes a table anew to change its rules, and forgets the triggers of the old one.
REMADE = ("repaymentclaim", "claimentry")


def keep(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    kept = rows_that_span.KEEP_POSTGRESQL if postgresql else rows_that_span.KEEP_SQLITE
    for table in NEW if postgresql else (*NEW, *REMADE):
        if not postgresql:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS grants_{table}_kept")
        schema_editor.execute(kept.format(table=table))


def give_lines(apps, schema_editor):
    """An account accepted as one sum is one line."""
    line = apps.get_model("grants", "AccountLine")
    for tranche in apps.get_model("grants", "Tranche").objects.filter(used__isnull=False):
        line.objects.create(
            tranche=tranche,
            name="Godtaget i en summa",
            accepted=tranche.used,
            reason=tranche.used_reason or "Godtaget i en summa.",
            accepted_by_id=tranche.used_by_id,
            accepted_on=tranche.used_on,
        )


class Migration(migrations.Migration):
    dependencies = [("grants", "0008_after_the_year")]
    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RunPython(give_lines, migrations.RunPython.noop),
    ]
