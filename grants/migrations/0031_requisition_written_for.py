"""A draft stays with the actor that wrote it, also when the place has got another holder."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

KEPT = import_module("grants.migrations.0002_rows_kept").KEPT_SQLITE


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        made_once = KEPT.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS")
        schema_editor.execute(made_once.format(table="requisition"))


class Migration(migrations.Migration):
    dependencies = [("grants", "0030_budget_percent")]
    operations = [
        migrations.AddField(
            model_name="requisition",
            name="written_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="actors.actor",
                verbose_name="aktör som skrev",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
