"""A programme's file gets a table of its own: it travelled with every row that joined the programme."""

import hashlib

import django.db.models.deletion
from django.db import migrations, models


def move(apps, schema_editor):
    Programme, ProgrammeFile = apps.get_model("grants", "Programme"), apps.get_model("grants", "ProgrammeFile")
    for programme in Programme.objects.all():
        ProgrammeFile.objects.create(programme=programme, source=programme.source)
        programme.sha256 = hashlib.sha256(programme.source.encode()).hexdigest()
        programme.save(update_fields=["sha256"])


class Migration(migrations.Migration):
    dependencies = [("grants", "0032_impartial_everywhere")]
    operations = [
        migrations.AddField(
            "programme",
            "sha256",
            models.CharField(default="", max_length=64, verbose_name="programfilens SHA-256"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            "ProgrammeFile",
            fields=[
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="grants.programme",
                        verbose_name="program",
                    ),
                ),
                ("source", models.TextField(verbose_name="programfil")),
            ],
            options={"ordering": ["programme"]},
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
