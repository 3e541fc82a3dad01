"""Whoever has declared a conflict of interest for an actor is refused by the database too, as the one who
prepares, decides, approves, pays, verifies or accepts. On SQLite the acts are the guard."""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION grants_impartial() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was jsonb; now jsonb; concerned bigint; who text;
BEGIN
  now := to_jsonb(NEW);
  was := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) ELSE '{}'::jsonb END;
  CASE TG_TABLE_NAME
    WHEN 'grants_paymentaccount' THEN concerned := (now->>'actor_id')::bigint;
    WHEN 'grants_tranche' THEN
      SELECT holder_id INTO concerned FROM grants_assignment WHERE id = (now->>'assignment_id')::bigint;
    WHEN 'grants_requisition' THEN
      SELECT a.holder_id INTO concerned FROM grants_tranche t JOIN grants_assignment a ON a.id = t.assignment_id
        WHERE t.id = (now->>'tranche_id')::bigint;
    ELSE
      SELECT a.holder_id INTO concerned FROM grants_requisition r JOIN grants_tranche t ON t.id = r.tranche_id
        JOIN grants_assignment a ON a.id = t.assignment_id WHERE r.id = (now->>'requisition_id')::bigint;
  END CASE;
  FOREACH who IN ARRAY TG_ARGV LOOP
    IF now->>who IS DISTINCT FROM was->>who AND EXISTS (
      SELECT 1 FROM actors_conflictofinterest
        WHERE person_id = (now->>who)::bigint AND actor_id = concerned AND lifted_on IS NULL
    ) THEN
      RAISE EXCEPTION '% has a conflict of interest', who USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
"""
EACH = """
CREATE TRIGGER {table}_impartial BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION grants_impartial({people});
"""
PEOPLE = {
    "grants_tranche": ("prepared_by_id", "granted_by_id", "used_by_id"),
    "grants_requisition": ("approved_by_id",),
    "grants_payment": ("released_by_id", "confirmed_by_id"),
    "grants_paymentaccount": ("verified_by_id",),
}


def install(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(TRIGGER, params=None)
    for table, columns in PEOPLE.items():
        people = ", ".join(f"'{column}'" for column in columns)
        schema_editor.execute(EACH.format(table=table, people=people))


class Migration(migrations.Migration):
    replaces = [("grants", "0012_impartial")]
    dependencies = [("grants", "0004_money_proved")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
