"""What is established never changes, no version is deleted, and what was sent to be checked stays: in the database itself.

SQLite changes a table by copying it, and forgets its triggers: a later migration of these tables calls `install` again.
"""

from django.db import migrations

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
CREATE OR REPLACE FUNCTION reporting_{table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'reporting_{table} is never deleted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF {when} AND ({changed}) THEN
    RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS reporting_{table}_stays ON reporting_{table};
CREATE TRIGGER reporting_{table}_stays BEFORE UPDATE OR DELETE ON reporting_{table}
FOR EACH ROW EXECUTE FUNCTION reporting_{table}_stays();
"""
SQLITE = (
    """
CREATE TRIGGER IF NOT EXISTS reporting_{table}_stays BEFORE UPDATE ON reporting_{table}
WHEN {when} AND ({changed})
BEGIN SELECT RAISE(ABORT, '{said}'); END;
""",
    """
CREATE TRIGGER IF NOT EXISTS reporting_{table}_kept BEFORE DELETE ON reporting_{table}
BEGIN SELECT RAISE(ABORT, 'reporting_{table} is never deleted'); END;
""",
)


def install(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgresql else "IS NOT"
    for table, when, columns, said in STAYS:
        changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
        for sql in (POSTGRESQL,) if postgresql else SQLITE:
            schema_editor.execute(sql.format(table=table, when=when, changed=changed, said=said), params=None)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_compilation_room")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
