"""The register of documents. Its rows are never changed or deleted, whatever code is written against it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

POSTGRESQL = """
CREATE FUNCTION grants_registration_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the register is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER grants_registration_append_only BEFORE UPDATE OR DELETE ON grants_registration
FOR EACH ROW EXECUTE FUNCTION grants_registration_refuse();
"""
SQLITE = """
CREATE TRIGGER grants_registration_no_{what} BEFORE {what} ON grants_registration
BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for what in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(what=what))


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0004_signatures_required'),
        ('grants', '0004_payment_batch_lines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='grants.document')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='actors.actor')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='grants.programme')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['programme', '-number'],
                'indexes': [models.Index(fields=['programme', 'place'], name='registration_place'), models.Index(fields=['key'], name='registration_key')],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='registration_number_once'), models.CheckConstraint(condition=models.Q(('direction__in', ['in', 'out', 'drawn_up'])), name='registration_known_direction', violation_error_message='Okänd riktning.'), models.CheckConstraint(condition=models.Q(('document__isnull', True), ('body', ''), _connector='OR'), name='registration_one_content', violation_error_message='En handling är en fil eller en text, inte båda.')],
            },
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
