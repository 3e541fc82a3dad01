"""Jäv said by PostgreSQL wherever a row names who took a step: also of decisions, budget decisions, assignments, claims,
recoveries, accounts, deferrals, successions and payment lists. A lift for one step lets exactly that step through.

`grants_concerned(path, id)` says whom a row concerns, as grants/concerned.py does; a path it does not know is an error.
The first argument of a trigger is the path of its row (`column=path`, or several), the others the columns that name people:
`column`, or `column=step:noun:column of the matter's id` where the step can be lifted (actors/steps.py).
"""

from django.db import migrations

CONCERNED = """
CREATE FUNCTION grants_concerned(path text, asked bigint) RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF asked IS NULL THEN RETURN; END IF;
  CASE path
    WHEN 'actor' THEN RETURN NEXT asked;
    WHEN 'assignment' THEN RETURN QUERY SELECT holder_id FROM grants_assignment WHERE id = asked;
    WHEN 'tranche' THEN RETURN QUERY SELECT a.holder_id FROM grants_tranche t
      JOIN grants_assignment a ON a.id = t.assignment_id WHERE t.id = asked;
    WHEN 'requisition' THEN RETURN QUERY SELECT c.* FROM grants_requisition r,
      LATERAL grants_concerned('tranche', r.tranche_id) c WHERE r.id = asked;
    WHEN 'payment' THEN RETURN QUERY SELECT c.* FROM grants_payment p,
      LATERAL grants_concerned('requisition', p.requisition_id) c WHERE p.id = asked;
    WHEN 'claim' THEN RETURN QUERY SELECT c.* FROM grants_repaymentclaim r,
      LATERAL grants_concerned('tranche', r.tranche_id) c WHERE r.id = asked;
    WHEN 'obligation' THEN RETURN QUERY SELECT debtor_id FROM actors_obligation WHERE id = asked;
    WHEN 'place' THEN RETURN QUERY SELECT holder_id FROM grants_assignment
      WHERE place_id = asked AND status IN ('draft', 'offered', 'in_force');
    WHEN 'amendment' THEN
      RETURN QUERY SELECT m.actor_id FROM grants_amendment m WHERE m.id = asked AND m.kind = 'offer';
      RETURN QUERY SELECT c.* FROM grants_amendment m, LATERAL grants_concerned('place', m.place_id) c
        WHERE m.id = asked AND m.kind = 'ceiling';
      RETURN QUERY SELECT a.holder_id FROM grants_amendment m JOIN grants_tranche t
        ON t.year_id = m.year_id AND t.place_id = m.place_id JOIN grants_assignment a ON a.id = t.assignment_id
        WHERE m.id = asked AND m.kind = 'ceiling';
      RETURN QUERY SELECT c.* FROM grants_amendment m JOIN grants_governmentdecision d ON d.id = m.decision_id,
        LATERAL grants_only_one(d.programme_id, m.part) c
        WHERE m.id = asked AND m.kind = 'ceiling' AND m.place_id IS NULL;
    WHEN 'decision' THEN
      RETURN QUERY SELECT holder_id FROM grants_assignment WHERE decision_id = asked;
      RETURN QUERY SELECT c.* FROM grants_amendment m, LATERAL grants_concerned('amendment', m.id) c
        WHERE m.decision_id = asked;
    WHEN 'budget' THEN
      RETURN QUERY SELECT a.holder_id FROM grants_budgetdecision b JOIN grants_budgetamount g ON g.decision_id = b.id
        JOIN grants_tranche t ON t.year_id = b.year_id AND t.place_id = g.place_id
        JOIN grants_assignment a ON a.id = t.assignment_id
        WHERE b.id = asked AND b.by_amount AND b.percent IS NULL;
      RETURN QUERY SELECT c.* FROM grants_budgetdecision b JOIN grants_programmeyear y ON y.id = b.year_id,
        LATERAL grants_only_one(y.programme_id, 'recipient') c WHERE b.id = asked AND b.recipient_ceiling IS NOT NULL;
      RETURN QUERY SELECT c.* FROM grants_budgetdecision b JOIN grants_programmeyear y ON y.id = b.year_id,
        LATERAL grants_only_one(y.programme_id, 'secretariat') c
        WHERE b.id = asked AND b.secretariat_ceiling IS NOT NULL;
    ELSE RAISE EXCEPTION 'it is not said whom % concerns', path USING ERRCODE = 'check_violation';
  END CASE;
END $$;
CREATE FUNCTION grants_only_one(asked bigint, of_part text) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
  SELECT a.holder_id FROM grants_assignment a JOIN grants_place p ON p.id = a.place_id
  WHERE p.programme_id = asked AND p.part = of_part AND a.status IN ('draft', 'offered', 'in_force')
    AND (SELECT count(*) FROM grants_place WHERE programme_id = asked AND part = of_part) = 1
$$;
"""
# `who` is a person's id; a lift is looked for where the step and the matter's key are given.
BIASED = """
CREATE FUNCTION grants_biased(who bigint, against bigint[], lifted_step text, matter text) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM actors_conflictofinterest c
    WHERE c.person_id = who AND c.actor_id = ANY (against) AND c.lifted_on IS NULL AND NOT EXISTS (
      SELECT 1 FROM actors_conflictstep s WHERE s.conflict_id = c.id AND s.person_id = who
        AND s.actor_id = c.actor_id AND s.used_on IS NULL AND s.step = lifted_step AND s.key = matter))
$$;
"""
IMPARTIAL = """
CREATE OR REPLACE FUNCTION grants_impartial() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was jsonb; now jsonb; concerned bigint[] := '{}'; path text; named text; parts text[]; who text; lift text[];
BEGIN
  now := to_jsonb(NEW);
  was := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) ELSE '{}'::jsonb END;
  FOR at IN 1 .. TG_NARGS - 1 LOOP
    parts := string_to_array(TG_ARGV[at], '=');
    named := parts[1];
    lift := string_to_array(coalesce(parts[2], '::'), ':');
    who := now->>named;
    -- Most have declared nothing: whom the row concerns is asked only for those who have.
    CONTINUE WHEN who IS NULL OR who IS NOT DISTINCT FROM was->>named OR NOT EXISTS (
      SELECT 1 FROM actors_conflictofinterest WHERE person_id = who::bigint AND lifted_on IS NULL);
    FOREACH path IN ARRAY string_to_array(TG_ARGV[0], '+') LOOP
      parts := string_to_array(path, '=');
      IF NOT now ? parts[1] THEN
        RAISE EXCEPTION '% has no %', TG_TABLE_NAME, parts[1] USING ERRCODE = 'check_violation';
      END IF;
      concerned := concerned || ARRAY(SELECT grants_concerned(parts[2], (now->>parts[1])::bigint));
    END LOOP;
    IF grants_biased(who::bigint, concerned, lift[1], lift[2] || ':' || (now->>lift[3])) THEN
      RAISE EXCEPTION '% has a conflict of interest', named USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
"""
# What comes to name an actor after somebody has put their name to the whole: that person too has no conflict.
NAMED_LATER = """
CREATE FUNCTION grants_impartial_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE concerned bigint[]; people bigint[]; who bigint;
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'grants_assignment' THEN
      concerned := ARRAY[NEW.holder_id];
      SELECT ARRAY[dispatched_by_id, registered_by_id] INTO people FROM grants_governmentdecision WHERE id = NEW.decision_id;
    WHEN 'grants_amendment' THEN
      concerned := ARRAY(SELECT grants_concerned('amendment', NEW.id));
      SELECT ARRAY[NEW.added_by_id, dispatched_by_id] INTO people
        FROM grants_governmentdecision WHERE id = NEW.decision_id;
    WHEN 'grants_budgetamount' THEN
      concerned := ARRAY(SELECT grants_concerned('budget', NEW.decision_id));
      SELECT ARRAY[registered_by_id, confirmed_by_id] INTO people FROM grants_budgetdecision WHERE id = NEW.decision_id;
    WHEN 'grants_paymentbatchline' THEN
      concerned := ARRAY(SELECT grants_concerned('payment', NEW.payment_id));
      SELECT ARRAY[created_by_id, handed_out_by_id] INTO people FROM grants_paymentbatch WHERE id = NEW.batch_id;
    ELSE RAISE EXCEPTION 'it is not said whom % concerns', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END CASE;
  FOREACH who IN ARRAY people LOOP
    IF who IS NOT NULL AND grants_biased(who, concerned, NULL, NULL) THEN
      RAISE EXCEPTION 'whoever signed the whole has a conflict of interest' USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
"""
HANDED_OUT = """
CREATE FUNCTION grants_impartial_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.handed_out_by_id IS DISTINCT FROM OLD.handed_out_by_id AND EXISTS (
      SELECT 1 FROM grants_paymentbatchline l, LATERAL grants_concerned('payment', l.payment_id) c(actor)
      WHERE l.batch_id = NEW.id AND grants_biased(NEW.handed_out_by_id, ARRAY[c.actor], NULL, NULL)) THEN
    RAISE EXCEPTION 'handed_out_by_id has a conflict of interest' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_paymentbatch_impartial BEFORE UPDATE ON grants_paymentbatch
FOR EACH ROW EXECUTE FUNCTION grants_impartial_list();
"""
EACH = """
DROP TRIGGER IF EXISTS {table}_impartial ON {table};
CREATE TRIGGER {table}_impartial BEFORE INSERT OR UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION grants_impartial({arguments});
"""
WHOLE = """
CREATE CONSTRAINT TRIGGER {table}_impartial_whole AFTER INSERT ON {table}
DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION grants_impartial_whole();
"""
PEOPLE = {
    "grants_tranche": (
        *("assignment_id=assignment", "prepared_by_id=prepare:tranche:id", "granted_by_id", "used_by_id"),
    ),
    "grants_requisition": (
        *("tranche_id=tranche", "approved_by_id"),
        "submitted_by_id=register_requisition:tranche:tranche_id",
    ),
    "grants_payment": (
        *("requisition_id=requisition", "prepared_by_id", "released_by_id", "confirmed_by_id"),
    ),
    "grants_paymentaccount": ("actor_id=actor", "verified_by_id"),
    "grants_assignment": ("holder_id=actor", "answered_by_id=register_answer:assignment:id"),
    "grants_signature": (
        "assignment_id=assignment",
        "registered_by_id=register_answer:assignment:assignment_id",
    ),
    "grants_repaymentclaim": ("tranche_id=tranche", "opened_by_id"),
    "grants_claimentry": ("claim_id=claim", "registered_by_id"),
    "grants_claiminterest": ("claim_id=claim", "registered_by_id"),
    "grants_claimdeferral": ("claim_id=claim", "decided_by_id"),
    "grants_recovery": ("tranche_id=tranche", "opened_by_id", "decided_by_id"),
    "grants_accountline": ("tranche_id=tranche", "accepted_by_id"),
    "grants_extension": ("obligation_id=obligation", "decided_by_id"),
    "grants_governmentdecision": ("id=decision", "registered_by_id", "dispatched_by_id"),
    "grants_budgetdecision": ("id=budget", "registered_by_id", "confirmed_by_id"),
    "actors_succession": ("predecessor_id=actor+successor_id=actor", "registered_by_id"),
}
NAMING = ("grants_assignment", "grants_amendment", "grants_budgetamount", "grants_paymentbatchline")


def guard(schema_editor, people):
    """Each table's guard; a later migration of another app calls this for its own."""
    for table, named in people.items():
        arguments = ", ".join(f"'{argument}'" for argument in named)
        schema_editor.execute(EACH.format(table=table, arguments=arguments), params=None)


def install(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("SET LOCAL check_function_bodies = off")  # they name each other
    for sql in (CONCERNED, BIASED, IMPARTIAL, NAMED_LATER, HANDED_OUT):
        schema_editor.execute(sql, params=None)
    guard(schema_editor, PEOPLE)
    for table in NAMING:
        schema_editor.execute(WHOLE.format(table=table), params=None)


class Migration(migrations.Migration):
    dependencies = [("grants", "0031_requisition_written_for"), ("actors", "0030_conflict_steps")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
