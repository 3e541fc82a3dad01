"""A room of its own for what is in it (docs/architecture.md)."""

import digikoord.lib.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        # What reads the rows as they were named before comes before
        ('digikoord', '0081_errors'),
        ('reporting', '0050_guards'),
        ('grants', '0061_receipt_credit'),
        ('actors', '0071_consent'),
        ('actors', '0072_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Programme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=60, unique=True, verbose_name='kod')),
                        ('name', models.CharField(max_length=200, verbose_name='namn')),
                        ('short_name', models.CharField(max_length=80, verbose_name='kortnamn')),
                        ('sha256', models.CharField(max_length=64, verbose_name='programfilens SHA-256')),
                        ('loaded_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='inläst')),
                        ('ended_on', models.DateField(editable=False, null=True, verbose_name='avslutat')),
                        ('disburser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor')),
                        ('ended_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ministry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor')),
                        ('secretariat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor')),
                    ],
                    options={
                        'db_table': 'grants_programme',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='ProgrammeFile',
                    fields=[
                        ('programme', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='file', serialize=False, to='programmes.programme', verbose_name='program')),
                        ('source', models.TextField(verbose_name='programfil')),
                    ],
                    options={
                        'db_table': 'grants_programmefile',
                        'ordering': ['programme'],
                    },
                ),
            ]
        ),
    ]
