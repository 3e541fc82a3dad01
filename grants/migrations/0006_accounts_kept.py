"""An embedded database made before the tables were told in one had lost the guard of its payment accounts."""

from importlib import import_module

from django.db import migrations

KEPT = import_module("grants.migrations.0002_rows_kept").KEPT_SQLITE


def mend(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        made_once = KEPT.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS")
        schema_editor.execute(made_once.format(table="paymentaccount"))


class Migration(migrations.Migration):
    dependencies = [("grants", "0005_impartial")]
    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
