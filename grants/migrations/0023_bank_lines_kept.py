"""What a line of the bank's file said never changes, and what became of it is never taken back: on both engines.

PostgreSQL says as well that what a line booked is what stands on its claim. SQLite copied the table, and forgot its guard.
"""

from importlib import import_module

from django.db import migrations

kept = import_module("grants.migrations.0002_rows_kept")
TOLD = (
    *("programme_id", "file_id", "number", "credit", "reversal", "bank_reference", "end_to_end", "message"),
    *("amount", '"on"', "payer"),
)
CHANGED = " OR ".join(f"NEW.{name} {{differs}} OLD.{name}" for name in TOLD)
# A line that waits may become anything; what somebody has settled, or the bank, stays as it was settled.
ENDED = "OLD.outcome <> 'proposed' AND NEW.outcome <> OLD.outcome"
SETTLED = "OLD.handled_by_id IS NOT NULL AND NEW.handled_by_id {differs} OLD.handled_by_id"
BOOKED = "OLD.entry_id IS NOT NULL AND NEW.entry_id {differs} OLD.entry_id"
RULE = f"{CHANGED} OR ({ENDED}) OR ({SETTLED}) OR ({BOOKED})"
POSTGRESQL = f"""
CREATE FUNCTION grants_bank_line_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {RULE.format(differs="IS DISTINCT FROM")} THEN
    PERFORM grants_refuse('what the bank told, and what became of it, is never changed');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_bankfileline_told BEFORE UPDATE ON grants_bankfileline
FOR EACH ROW EXECUTE FUNCTION grants_bank_line_told();

CREATE FUNCTION grants_bank_line_booked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM grants_claimentry e
      WHERE e.id = NEW.entry_id AND e.amount = NEW.booked AND e.claim_id = NEW.claim_id) THEN
    PERFORM grants_refuse('a line books what stands on its claim');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_bankfileline_booked AFTER INSERT OR UPDATE ON grants_bankfileline
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_bank_line_booked();
CREATE TRIGGER grants_bankreference_unchanged BEFORE UPDATE ON grants_bankreference
FOR EACH ROW EXECUTE FUNCTION grants_unchanged();
"""
SQLITE = f"""
CREATE TRIGGER grants_bankfileline_told BEFORE UPDATE ON grants_bankfileline
WHEN {RULE.format(differs="IS NOT")}
BEGIN SELECT RAISE(ABORT, 'what the bank told, and what became of it, is never changed'); END;
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        schema_editor.execute(kept.KEPT_POSTGRESQL.format(table="bankreference"))
        return
    schema_editor.execute(SQLITE)
    made_once = kept.KEPT_SQLITE.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS")
    for table in ("bankfileline", "bankreference"):
        schema_editor.execute(made_once.format(table=table))
    bytes_once = kept.BYTES_SQLITE.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS")
    schema_editor.execute(made_once.format(table="bankfile"))
    schema_editor.execute(bytes_once.format(table="bankfile"))


class Migration(migrations.Migration):
    dependencies = [("grants", "0022_bank_lines_ruled")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
