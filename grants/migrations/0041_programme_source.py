"""Nobody reads the programme's own column any more. PostgreSQL keeps it, empty, so that web processes of the version before
serve until they are replaced; SQLite, which has one process, loses it."""

from django.db import migrations


def leave(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE grants_programme ALTER COLUMN source DROP NOT NULL")
    else:
        model = apps.get_model("grants", "Programme")
        schema_editor.remove_field(model, model._meta.get_field("source"))


class Migration(migrations.Migration):
    dependencies = [("grants", "0040_programme_file")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField("programme", "source")],
            database_operations=[migrations.RunPython(leave, migrations.RunPython.noop)],
        ),
    ]
