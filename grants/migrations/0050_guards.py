"""The rest of what PostgreSQL refuses whatever writes to it: a status past its lifecycle, what was dispatched, signed or verified
written anew, and money of a year that still waits for the Riksdag. Signatures and papers are kept on both engines."""

from importlib import import_module

from django.db import migrations

append_only = import_module("actors.migrations.0002_kept").append_only
guards = import_module("actors.migrations.0050_guards")

# A table's moves, "from>to", and the statuses that a row may begin with.
MOVES = {
    "grants_assignment": "declined>offered draft>in_force draft>offered in_force>concluded in_force>revoked in_force>transferred lapsed>offered offered>annulled offered>declined offered>in_force offered>lapsed transferred>in_force",
    "grants_budgetdecision": "registered>confirmed registered>withdrawn",
    "grants_extension": "asked>granted asked>lapsed asked>refused asked>withdrawn",
    "grants_governmentdecision": "draft>discarded draft>dispatched",
    "grants_payment": "accepted>failed accepted>paid exported>accepted exported>failed exported>paid failed>cancelled failed>prepared paid>returned prepared>cancelled prepared>released released>exported released>prepared returned>cancelled returned>prepared",
    "grants_paymentaccount": "unverified>replaced unverified>verified verified>replaced",
    "grants_recovery": "answered>decided answered>withdrawn hearing>answered hearing>silent hearing>withdrawn silent>answered silent>decided silent>withdrawn",
    "grants_repaymentclaim": "closed>open open>closed",
    "grants_requisition": "approved>cancelled draft>submitted draft>withdrawn returned>cancelled returned>submitted returned>withdrawn submitted>approved submitted>returned submitted>withdrawn",
    "grants_tranche": "cancelled>conditional cancelled>open closed>settled conditional>cancelled conditional>open granted>cancelled granted>closed granted>open open>cancelled open>prepared prepared>cancelled prepared>granted prepared>open settled>closed",
}
BORN_AS = {
    "grants_assignment": "draft",
    "grants_budgetdecision": "registered",
    "grants_extension": "asked",
    "grants_governmentdecision": "draft",
    "grants_payment": "prepared",
    "grants_paymentaccount": "unverified",
    "grants_recovery": "hearing",
    "grants_repaymentclaim": "open",
    "grants_requisition": "draft",
    "grants_tranche": "open conditional",
}
ACCOUNT = ("actor_id", "giro", "number", "entered_by_id", "entered_on")
VERIFIED = ("verified_by_id", "verified_on", "evidence_kind", "evidence")
DISPATCHED = (
    *("programme_id", "key", "decided_on", "title", "text", "amends_id", "document_id"),
    *("registered_by_id", "dispatched_by_id", "dispatched_on"),
)
SIGNED = (
    *("assignment_id", "answer", "person_id", "name", "title", "at", "text", "sha256", "reason"),
    *("registered_by_id", "document_id"),
)
CONDITIONAL = """
CREATE FUNCTION grants_granted_of_the_riksdag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT grants_appropriated(NEW.year_id) THEN
    PERFORM grants_refuse('granted before the Riksdag has given the money');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_tranche_riksdag BEFORE UPDATE ON grants_tranche FOR EACH ROW
WHEN (NEW.status = 'granted' AND OLD.status <> 'granted') EXECUTE FUNCTION grants_granted_of_the_riksdag();

-- Laid in from a copy, in any order: it was given once.
CREATE FUNCTION grants_granted_once_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM grants_tranche t JOIN grants_programmeyear y ON y.id = t.year_id
    WHERE t.id = NEW.id AND (t.status <> 'granted' OR NOT y.conditional OR EXISTS (
      SELECT 1 FROM grants_budgetdecision b WHERE b.year_id = y.id
        AND b.status = 'confirmed' AND b.kind <> 'frame' AND b.outcome <> 'rejected'));
  IF NOT FOUND THEN PERFORM grants_refuse('granted before the Riksdag has given the money'); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_tranche_given AFTER INSERT ON grants_tranche
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_granted_once_given();
"""


def install(apps, schema_editor):
    guards.keep(schema_editor, "grants_signature")
    append_only(schema_editor, "grants_document", "a paper")
    if schema_editor.connection.vendor != "postgresql":
        return
    guards.lifecycles(schema_editor, MOVES, BORN_AS)
    guards.facts(schema_editor, "grants_paymentaccount", "facts", ACCOUNT)
    guards.facts(schema_editor, "grants_paymentaccount", "verified", VERIFIED, "OLD.verified_by_id IS NOT NULL")
    guards.facts(schema_editor, "grants_governmentdecision", "facts", DISPATCHED, "OLD.status = 'dispatched'")
    guards.facts(schema_editor, "grants_governmentdecision", "numbered", ("case_number",), "OLD.case_number <> '' AND OLD.status = 'dispatched'")
    guards.facts(schema_editor, "grants_signature", "facts", SIGNED)
    guards.facts(schema_editor, "grants_signature", "fallen", ("stands",), "NOT OLD.stands")
    schema_editor.execute(CONDITIONAL, params=None)


class Migration(migrations.Migration):
    dependencies = [("grants", "0041_programme_source"), ("actors", "0050_guards")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
