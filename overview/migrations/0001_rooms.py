"""A room of its own for what is in it (docs/architecture.md)."""

import digikoord.lib.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        # What reads the rows as they were named before comes before
        ('digikoord', '0081_errors'),
        ('reporting', '0050_guards'),
        ('grants', '0061_receipt_credit'),
        ('actors', '0071_consent'),
        ('programmes', '0001_rooms'),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='LedgerCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='tidpunkt')),
                        ('compared', models.PositiveIntegerField(verbose_name='jämförda uppgifter')),
                        ('differences', models.JSONField(default=list, verbose_name='avvikelser')),
                        ('trail_to', models.BigIntegerField(default=0, verbose_name='händelseloggen till och med')),
                        ('trail_count', models.PositiveIntegerField(default=0, verbose_name='antal händelser')),
                        ('trail_sha256', models.CharField(max_length=64, verbose_name='händelseloggens SHA-256')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger_checks', to='programmes.programme')),
                    ],
                    options={
                        'db_table': 'reporting_ledgercheck',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['programme', '-id'], name='ledger_check_latest')],
                    },
                ),
            ]
        ),
    ]
