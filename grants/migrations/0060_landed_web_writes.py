"""Web processes of the version before go on until they are replaced, and what they write lacks the columns that are new since.

PostgreSQL keeps a default for each of those; SQLite has one process. Django keeps its own in the code.
"""

from django.db import migrations

DEFAULTS = {
    "grants_accountline": {"round": "1"},
    "grants_bankdetails": {"org_nr": "''"},
    "grants_bankfile": {"bank": "''"},
    "grants_bankfileline": {
        "booked": "0",
        "credit": "true",
        "end_to_end": "''",
        "handled_as": "''",
        "handled_evidence": "''",
        "message": "''",
        "number": "0",
        "reversal": "false",
    },
    "grants_programme": {"sha256": "''"},
}


def keep(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, columns in DEFAULTS.items():
        for column, value in columns.items():
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT {value}")


class Migration(migrations.Migration):
    dependencies = [("grants", "0052_programme_ended")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
