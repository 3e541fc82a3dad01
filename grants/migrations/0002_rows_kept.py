"""No money row is deleted, the register only grows, and what was exchanged with the bank stays as it was: on both engines.

SQLite changes a table by copying it, and forgets its triggers: a later migration of these tables makes them again there.
"""

from importlib import import_module

from django.db import migrations

append_only = import_module("actors.migrations.0002_kept").append_only

KEPT = (
    *("tranche", "requisition", "payment", "paymentbatch", "paymentbatchline", "paymentaccount"),
    *("repaymentclaim", "claimentry", "claiminterest", "claimdeferral", "recovery", "accountline"),
    *("budgetdecision", "budgetamount", "bankfile", "bankfileline"),
)
FUNCTIONS = """
CREATE FUNCTION grants_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'money rows are never deleted' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE FUNCTION grants_bytes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.content IS NOT NULL AND (NEW.content IS DISTINCT FROM OLD.content
      OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.message_id IS DISTINCT FROM OLD.message_id) THEN
    RAISE EXCEPTION 'the bytes of a bank file never change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
KEPT_POSTGRESQL = """
CREATE TRIGGER grants_{table}_kept BEFORE DELETE ON grants_{table}
FOR EACH ROW EXECUTE FUNCTION grants_keep();
"""
KEPT_SQLITE = """
CREATE TRIGGER grants_{table}_kept BEFORE DELETE ON grants_{table}
BEGIN SELECT RAISE(ABORT, 'money rows are never deleted'); END;
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


def install(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(FUNCTIONS)
    for table in KEPT:
        schema_editor.execute((KEPT_POSTGRESQL if postgresql else KEPT_SQLITE).format(table=table))
    for table in ("paymentbatch", "bankfile"):
        schema_editor.execute((BYTES_POSTGRESQL if postgresql else BYTES_SQLITE).format(table=table))
    append_only(schema_editor, "grants_registration", "the register")


class Migration(migrations.Migration):
    replaces = [("grants", "0011_bank_files_kept")]
    dependencies = [("grants", "0001_tables"), ("actors", "0002_kept")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
