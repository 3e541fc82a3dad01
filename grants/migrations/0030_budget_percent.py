"""A cut in percent: what was decided, beside the amounts it came to.

SQLite changes the table by copying it, so its guard is made again.
"""

from importlib import import_module

from django.db import migrations, models

KEPT = import_module("grants.migrations.0002_rows_kept").KEPT_SQLITE


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        made_once = KEPT.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS")
        schema_editor.execute(made_once.format(table="budgetdecision"))


class Migration(migrations.Migration):
    dependencies = [("grants", "0023_bank_lines_kept")]
    operations = [
        migrations.AddField(
            model_name="budgetdecision",
            name="percent",
            field=models.DecimalField(
                blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="sänkning, procent"
            ),
        ),
        migrations.AddField(
            model_name="budgetdecision",
            name="whole_kronor",
            field=models.BooleanField(
                blank=True, null=True, verbose_name="avrundat nedåt till hela kronor"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("percent__isnull", True), ("whole_kronor__isnull", True)),
                    models.Q(
                        ("by_amount", True),
                        ("percent__gt", 0),
                        ("percent__lte", 100),
                        ("whole_kronor__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="budget_percent_goes_by_amount",
                violation_error_message="En sänkning i procent är mer än 0 och högst 100, och säger hur den avrundas.",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
