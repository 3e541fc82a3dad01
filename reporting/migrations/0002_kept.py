"""What was submitted or checked is never changed; what is established stays, and so does what was sent to be checked: in the
database itself.

SQLite changes a table by copying it, and forgets its triggers: a later migration of these tables calls `install` again.
"""

from importlib import import_module

from django.db import migrations

append_only = import_module("actors.migrations.0002_kept").append_only

ESTABLISHED = (
    *("compilation_id", "number", "reason", "texts", "picked", "data", "pdf", "sha256"),
    *("opened_by_id", "opened_on", "frozen_by_id", "frozen_on", "established_by_id", "established_on"),
)
SENT = ("version_id", "tranche_id", "data", "sha256", "asked_by_id", "asked_on")
# table, what must hold for the columns to stay, the columns, what is said
STAYS = (
    ("compilationversion", "OLD.established_on IS NOT NULL", ESTABLISHED, "an established version never changes"),
    ("factcheck", "OLD.data IS NOT NULL", SENT, "what was sent to be checked never changes"),
)
POSTGRESQL = """
CREATE FUNCTION reporting_{table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'reporting_{table} is never deleted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF {when} AND ({changed}) THEN
    RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reporting_{table}_stays BEFORE UPDATE OR DELETE ON reporting_{table}
FOR EACH ROW EXECUTE FUNCTION reporting_{table}_stays();
"""
SQLITE = (
    """
CREATE TRIGGER reporting_{table}_stays BEFORE UPDATE ON reporting_{table}
WHEN {when} AND ({changed})
BEGIN SELECT RAISE(ABORT, '{said}'); END;
""",
    """
CREATE TRIGGER reporting_{table}_kept BEFORE DELETE ON reporting_{table}
BEGIN SELECT RAISE(ABORT, 'reporting_{table} is never deleted'); END;
""",
)


def install(apps, schema_editor):
    for table in ("reporting_ledgercheck", "reporting_reportversion"):
        append_only(schema_editor, table)
    postgresql = schema_editor.connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgresql else "IS NOT"
    for table, when, columns, said in STAYS:
        changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
        for sql in (POSTGRESQL,) if postgresql else SQLITE:
            schema_editor.execute(sql.format(table=table, when=when, changed=changed, said=said), params=None)


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0003_ledger_check_kept"),
        ("reporting", "0006_versions_kept"),
        ("reporting", "0008_compilations_kept"),
    ]
    dependencies = [("reporting", "0001_tables"), ("actors", "0002_kept")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
