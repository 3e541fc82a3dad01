"""A rehearsal stays one: its stage is neither deleted nor made real, and marks beside it are never taken away."""

from importlib import import_module

from django.db import migrations, models

append_only = import_module("actors.migrations.0002_kept").append_only
SAID = "a rehearsal stays a rehearsal"
POSTGRESQL = f"""
CREATE FUNCTION digikoord_stage_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER digikoord_stage_kept BEFORE DELETE ON digikoord_stage
FOR EACH ROW WHEN (OLD.rehearsal) EXECUTE FUNCTION digikoord_stage_stays();
CREATE TRIGGER digikoord_stage_stays BEFORE UPDATE ON digikoord_stage
FOR EACH ROW WHEN (OLD.rehearsal AND (NOT NEW.rehearsal OR NEW.id <> OLD.id)) EXECUTE FUNCTION digikoord_stage_stays();
"""
SQLITE = (
    f"""
CREATE TRIGGER digikoord_stage_kept BEFORE DELETE ON digikoord_stage WHEN OLD.rehearsal
BEGIN SELECT RAISE(ABORT, '{SAID}'); END;
""",
    f"""
CREATE TRIGGER digikoord_stage_stays BEFORE UPDATE ON digikoord_stage
WHEN OLD.rehearsal AND (NOT NEW.rehearsal OR NEW.id <> OLD.id)
BEGIN SELECT RAISE(ABORT, '{SAID}'); END;
""",
)


def install(apps, schema_editor):
    for statement in (POSTGRESQL,) if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)
    append_only(schema_editor, "digikoord_rehearsalmark", SAID)


def mark_what_is(apps, schema_editor):
    """A rehearsal that was begun before there were marks."""
    if apps.get_model("digikoord", "Stage").objects.filter(rehearsal=True).exists():
        mark = apps.get_model("digikoord", "RehearsalMark").objects
        codes = apps.get_model("grants", "Programme").objects.values_list("code", flat=True)
        for about in ("databasen", *(f"program {code}" for code in codes)):
            mark.create(about=about)


class Migration(migrations.Migration):
    dependencies = [
        ("digikoord", "0070_job_requests"),
        ("actors", "0002_kept"),
        ("grants", "0001_tables"),
    ]
    operations = [
        migrations.CreateModel(
            name="RehearsalMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=100, unique=True, verbose_name="om")),
            ],
        ),
        migrations.RunPython(mark_what_is, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
