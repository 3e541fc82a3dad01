"""What was exchanged with the bank is kept as it was: no file is changed or deleted, and a payment file's bytes stay."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION grants_bytes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.content IS NOT NULL AND (NEW.content IS DISTINCT FROM OLD.content
      OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.message_id IS DISTINCT FROM OLD.message_id) THEN
    RAISE EXCEPTION 'the bytes of a bank file never change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
BYTES_POSTGRESQL = """
CREATE TRIGGER grants_{table}_bytes BEFORE UPDATE ON grants_{table}
FOR EACH ROW EXECUTE FUNCTION grants_bytes_stay();
"""
BYTES_SQLITE = """
CREATE TRIGGER grants_{table}_bytes BEFORE UPDATE ON grants_{table}
WHEN OLD.content IS NOT NULL AND (NEW.content IS NOT OLD.content
  OR NEW.sha256 IS NOT OLD.sha256 OR NEW.message_id IS NOT OLD.message_id)
BEGIN SELECT RAISE(ABORT, 'the bytes of a bank file never change'); END;
"""
KEPT_POSTGRESQL = """
CREATE TRIGGER grants_{table}_kept BEFORE DELETE ON grants_{table}
FOR EACH ROW EXECUTE FUNCTION grants_keep();
"""
KEPT_SQLITE = """
CREATE TRIGGER IF NOT EXISTS grants_{table}_kept BEFORE DELETE ON grants_{table}
BEGIN SELECT RAISE(ABORT, 'money rows are never deleted'); END;
"""


NEW = ("bankfile", "bankfileline")
REBUILT = ("payment", "paymentbatch")  # SQLite changes a table by copying it, and forgets its triggers


def install(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(POSTGRESQL)
    for table in ("paymentbatch", "bankfile"):
        schema_editor.execute((BYTES_POSTGRESQL if postgresql else BYTES_SQLITE).format(table=table))
    for table in NEW if postgresql else NEW + REBUILT:
        schema_editor.execute((KEPT_POSTGRESQL if postgresql else KEPT_SQLITE).format(table=table))


class Migration(migrations.Migration):
    dependencies = [("grants", "0010_bank_files")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
