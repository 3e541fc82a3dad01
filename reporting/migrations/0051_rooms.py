"""A room of its own for what is in it (docs/architecture.md)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        # What reads the rows as they were named before comes before
        ('digikoord', '0081_errors'),
        ('records', '0001_rooms'),
        ('reporting', '0050_guards'),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='activityreport',
                    name='paper',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document'),
                ),
                migrations.AlterField(
                    model_name='reportattachment',
                    name='document',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document'),
                ),
                migrations.AlterField(
                    model_name='reportversion',
                    name='document',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document'),
                ),
                migrations.DeleteModel(
                    name='LedgerCheck',
                ),
            ]
        ),
    ]
