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
        ('programmes', '0001_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='filnamn')),
                        ('content_type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/png', 'PNG'), ('image/jpeg', 'JPEG')], max_length=40, verbose_name='filtyp')),
                        ('content', models.BinaryField(verbose_name='innehåll')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('added_on', models.DateField(verbose_name='inlagd')),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'grants_document',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='tidpunkt')),
                        ('effective_on', models.DateField(null=True, verbose_name='gäller från')),
                        ('verb', models.CharField(max_length=60, verbose_name='händelse')),
                        ('by_key', models.BigIntegerField(verbose_name='vem, nyckel')),
                        ('by_name', models.CharField(max_length=120, verbose_name='vem')),
                        ('by_party', models.CharField(blank=True, max_length=120, verbose_name='part')),
                        ('label', models.CharField(max_length=200, verbose_name='vad')),
                        ('key', models.CharField(max_length=60, verbose_name='vad, nyckel')),
                        ('url', models.CharField(blank=True, max_length=200, verbose_name='sida')),
                        ('programme', models.CharField(blank=True, max_length=60, verbose_name='program')),
                        ('place', models.CharField(blank=True, max_length=60, verbose_name='plats')),
                        ('place_label', models.CharField(blank=True, max_length=120, verbose_name='plats, namn')),
                        ('holder', models.CharField(blank=True, max_length=60, verbose_name='aktör')),
                        ('year', models.PositiveSmallIntegerField(null=True, verbose_name='programår')),
                        ('facts', models.JSONField(default=dict, verbose_name='uppgifter')),
                    ],
                    options={
                        'db_table': 'actors_event',
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['programme', 'place', 'at'], name='event_place'), models.Index(fields=['key'], name='event_key'), models.Index(fields=['holder'], name='event_holder')],
                    },
                ),
                migrations.CreateModel(
                    name='Registration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(verbose_name='nummer')),
                        ('on', models.DateField(verbose_name='dag')),
                        ('direction', models.CharField(choices=[('in', 'inkommen'), ('out', 'utgående'), ('drawn_up', 'upprättad')], max_length=10, verbose_name='riktning')),
                        ('party_name', models.CharField(max_length=200, verbose_name='avsändare eller mottagare')),
                        ('title', models.CharField(max_length=200, verbose_name='vad handlingen rör')),
                        ('case_number', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                        ('key', models.CharField(max_length=60, verbose_name='ärendet, nyckel')),
                        ('url', models.CharField(blank=True, max_length=200, verbose_name='ärendets sida')),
                        ('label', models.CharField(max_length=200, verbose_name='ärendet')),
                        ('place', models.CharField(blank=True, max_length=60, verbose_name='plats')),
                        ('year', models.PositiveSmallIntegerField(null=True, verbose_name='programår')),
                        ('body', models.TextField(blank=True, verbose_name='innehåll')),
                        ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                        ('registered_at', models.DateTimeField(verbose_name='registrerad')),
                        ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='records.document')),
                        ('issuer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor')),
                        ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='actors.actor')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='programmes.programme')),
                        ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'grants_registration',
                        'ordering': ['programme', '-number'],
                    },
                ),
                migrations.AddConstraint(
                    model_name='document',
                    constraint=models.CheckConstraint(condition=models.Q(('content_type__in', ['application/pdf', 'image/png', 'image/jpeg'])), name='document_known_type', violation_error_message='Okänd filtyp.'),
                ),
                migrations.AddIndex(
                    model_name='registration',
                    index=models.Index(fields=['programme', 'place'], name='registration_place'),
                ),
                migrations.AddIndex(
                    model_name='registration',
                    index=models.Index(fields=['key'], name='registration_key'),
                ),
                migrations.AddConstraint(
                    model_name='registration',
                    constraint=models.UniqueConstraint(fields=('programme', 'number'), name='registration_number_once'),
                ),
                migrations.AddConstraint(
                    model_name='registration',
                    constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['in', 'out', 'drawn_up'])), name='registration_known_direction', violation_error_message='Okänd riktning.'),
                ),
                migrations.AddConstraint(
                    model_name='registration',
                    constraint=models.CheckConstraint(condition=models.Q(('document__isnull', True), ('body', ''), _connector='OR'), name='registration_one_content', violation_error_message='En handling är en fil eller en text, inte båda.'),
                ),
            ]
        ),
    ]
