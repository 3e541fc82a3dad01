"""What must always hold of the money, said by PostgreSQL whatever code or person writes to it.

A sum over rows is checked with the row that owns it locked, so that two transactions, each right alone,
cannot break it together. What is inserted is checked at the end of its transaction, so that a backup or a copy
can be laid in in any order; what is changed is checked at once.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION grants_refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', what USING ERRCODE = 'check_violation'; END $$;
"""
TRANCHES = """
CREATE FUNCTION grants_tranche_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.place_id <> OLD.place_id OR NEW.year_id <> OLD.year_id THEN
    PERFORM grants_refuse('a tranche stays with its place and year');
  END IF;
  IF OLD.status IN ('granted', 'closed', 'settled') AND NEW.status IN ('granted', 'closed', 'settled')
     AND (OLD.amount, OLD.ceiling, OLD.granted_by_id, OLD.granted_on)
         IS DISTINCT FROM (NEW.amount, NEW.ceiling, NEW.granted_by_id, NEW.granted_on) THEN
    PERFORM grants_refuse('a decided amount is never changed');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_tranche_decided BEFORE UPDATE ON grants_tranche
FOR EACH ROW EXECUTE FUNCTION grants_tranche_decided();

CREATE FUNCTION grants_tranche_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given numeric; granted numeric; claimed numeric; riksdag numeric; row grants_tranche;
BEGIN
  PERFORM 1 FROM grants_programmeyear WHERE id = NEW.year_id FOR UPDATE;
  SELECT * INTO row FROM grants_tranche WHERE id = NEW.id;
  SELECT coalesce(sum(amount) FILTER (WHERE status IN ('granted', 'closed', 'settled')), 0),
         coalesce(sum(decided_ceiling) FILTER (WHERE status <> 'cancelled'), 0)
    INTO granted, given FROM grants_tranche WHERE year_id = NEW.year_id;
  IF granted > given THEN
    PERFORM grants_refuse('granted more in a year than its decisions give');
  END IF;
  IF row.status = 'granted' AND (TG_OP = 'INSERT' OR OLD.status <> 'granted') THEN
    SELECT total INTO riksdag FROM grants_budgetdecision
      WHERE year_id = NEW.year_id AND status = 'confirmed' AND kind <> 'frame'
      ORDER BY decided_on DESC, id DESC LIMIT 1;
    IF TG_OP = 'UPDATE' AND granted > riksdag THEN
      PERFORM grants_refuse('granted more in a year than the Riksdag gives');
    END IF;
  END IF;
  SELECT coalesce(sum(amount), 0) INTO claimed FROM grants_requisition
    WHERE tranche_id = NEW.id AND status IN ('submitted', 'approved');
  IF claimed > (CASE WHEN row.status IN ('granted', 'closed', 'settled') THEN row.amount ELSE 0 END) THEN
    PERFORM grants_refuse('requisitioned more than granted');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_tranche_sums AFTER INSERT OR UPDATE ON grants_tranche
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_tranche_sums();
"""
REQUISITIONS = """
CREATE FUNCTION grants_requisition_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tranche_id <> OLD.tranche_id THEN
    PERFORM grants_refuse('a requisition stays with its tranche');
  END IF;
  IF OLD.status = 'approved' AND (NEW.amount <> OLD.amount OR NEW.status <> 'approved') AND EXISTS (
      SELECT 1 FROM grants_payment WHERE requisition_id = NEW.id AND status <> 'cancelled') THEN
    PERFORM grants_refuse('a requisition with a payment is never changed');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_requisition_stands BEFORE UPDATE ON grants_requisition
FOR EACH ROW EXECUTE FUNCTION grants_requisition_stands();
"""
PAYMENTS = """
CREATE FUNCTION grants_appropriated(asked bigint) RETURNS boolean LANGUAGE sql AS $$
  SELECT NOT y.conditional OR coalesce((
    SELECT b.outcome <> 'rejected' FROM grants_budgetdecision b
    WHERE b.year_id = y.id AND b.status = 'confirmed' AND b.kind <> 'frame'
    ORDER BY b.decided_on DESC, b.id DESC LIMIT 1), false)
  FROM grants_programmeyear y WHERE y.id = asked
$$;
CREATE FUNCTION grants_payment_leaves(moved grants_payment) RETURNS void LANGUAGE plpgsql AS $$
DECLARE tranche grants_tranche;
BEGIN
  SELECT t.* INTO tranche FROM grants_tranche t JOIN grants_requisition r ON r.tranche_id = t.id
    WHERE r.id = moved.requisition_id FOR SHARE OF r;
  PERFORM 1 FROM grants_programmeyear WHERE id = tranche.year_id FOR SHARE;
  IF NOT grants_appropriated(tranche.year_id) THEN
    PERFORM grants_refuse('paid before the Riksdag has given the money');
  END IF;
  PERFORM 1 FROM grants_requisition
    WHERE id = moved.requisition_id AND status = 'approved' AND amount >= moved.amount
    AND approved_by_id IS NOT NULL;
  IF NOT FOUND THEN
    PERFORM grants_refuse('paid without an approved requisition');
  END IF;
  PERFORM 1 FROM grants_paymentaccount a JOIN grants_assignment held ON held.holder_id = a.actor_id
    WHERE a.id = moved.account_id AND a.status = 'verified' AND held.id = tranche.assignment_id FOR SHARE OF a;
  IF NOT FOUND THEN
    PERFORM grants_refuse('unverified account');
  END IF;
END $$;

CREATE FUNCTION grants_payment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.amount, OLD.requisition_id) IS DISTINCT FROM (NEW.amount, NEW.requisition_id) THEN
    PERFORM grants_refuse('the amount of a payment is never changed');
  END IF;
  IF OLD.status = 'paid' AND (OLD.status, OLD.account_id, OLD.batch_id, OLD.end_to_end, OLD.value_date)
     IS DISTINCT FROM (NEW.status, NEW.account_id, NEW.batch_id, NEW.end_to_end, NEW.value_date) THEN
    PERFORM grants_refuse('what is paid is paid, once');
  END IF;
  IF NEW.status = 'paid' AND OLD.status NOT IN ('exported', 'accepted', 'paid') THEN
    PERFORM grants_refuse('paid without having been sent to the bank');
  END IF;
  IF OLD.status IN ('exported', 'accepted') AND (OLD.account_id, OLD.batch_id, OLD.end_to_end)
     IS DISTINCT FROM (NEW.account_id, NEW.batch_id, NEW.end_to_end) THEN
    PERFORM grants_refuse('what is at the bank is never changed');
  END IF;
  IF NEW.status IN ('released', 'exported') AND NEW.status <> OLD.status THEN
    PERFORM grants_payment_leaves(NEW);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_payment_moves BEFORE UPDATE ON grants_payment
FOR EACH ROW EXECUTE FUNCTION grants_payment_moves();

CREATE FUNCTION grants_payment_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row grants_payment; opened boolean;
BEGIN
  SELECT * INTO row FROM grants_payment WHERE id = NEW.id;
  IF row.status NOT IN ('released', 'exported', 'accepted', 'paid') THEN RETURN NULL; END IF;
  SELECT NOT y.conditional OR EXISTS (SELECT 1 FROM grants_budgetdecision b
      WHERE b.year_id = y.id AND b.status = 'confirmed' AND b.kind <> 'frame' AND b.outcome <> 'rejected')
    INTO opened FROM grants_requisition r JOIN grants_tranche t ON t.id = r.tranche_id
    JOIN grants_programmeyear y ON y.id = t.year_id WHERE r.id = row.requisition_id;
  IF NOT opened OR NOT EXISTS (
      SELECT 1 FROM grants_paymentaccount WHERE id = row.account_id AND verified_by_id IS NOT NULL) THEN
    PERFORM grants_refuse('paid without a fulfilled condition or a verified account');
  END IF;
  IF row.status <> 'released' AND NOT EXISTS (SELECT 1 FROM grants_paymentbatchline l
      WHERE l.payment_id = row.id AND l.batch_id = row.batch_id AND l.amount = row.amount) THEN
    PERFORM grants_refuse('sent to the bank on no payment list');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_payment_inserted AFTER INSERT OR UPDATE ON grants_payment
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_payment_inserted();
"""
CLAIMS = """
CREATE FUNCTION grants_repaid_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owner bigint; spent numeric; paid numeric; returned numeric;
BEGIN
  SELECT c.tranche_id INTO owner FROM grants_repaymentclaim c WHERE c.id = NEW.claim_id;
  SELECT coalesce(used, 0) INTO spent FROM grants_tranche WHERE id = owner FOR UPDATE;
  SELECT coalesce(sum(p.amount), 0) INTO paid FROM grants_payment p
    JOIN grants_requisition r ON r.id = p.requisition_id WHERE r.tranche_id = owner AND p.status = 'paid';
  SELECT coalesce(sum(e.amount), 0) INTO returned FROM grants_claimentry e
    JOIN grants_repaymentclaim c ON c.id = e.claim_id WHERE c.tranche_id = owner;
  IF returned > paid - spent THEN
    PERFORM grants_refuse('repaid and waived more than was paid and not used');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_repaid_within AFTER INSERT ON grants_claimentry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_repaid_within();

CREATE FUNCTION grants_used_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row grants_tranche; paid numeric; returned numeric;
BEGIN
  SELECT * INTO row FROM grants_tranche WHERE id = NEW.id FOR UPDATE;
  IF row.used IS NULL THEN RETURN NULL; END IF;
  SELECT coalesce(sum(p.amount), 0) INTO paid FROM grants_payment p
    JOIN grants_requisition r ON r.id = p.requisition_id WHERE r.tranche_id = NEW.id AND p.status = 'paid';
  SELECT coalesce(sum(e.amount), 0) INTO returned FROM grants_claimentry e
    JOIN grants_repaymentclaim c ON c.id = e.claim_id WHERE c.tranche_id = NEW.id;
  IF row.used + returned > paid OR (row.status = 'settled' AND row.used + returned <> paid) THEN
    PERFORM grants_refuse('used and repaid more than was paid');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_used_within AFTER INSERT OR UPDATE ON grants_tranche
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_used_within();
"""
UNCHANGED = """
CREATE FUNCTION grants_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW IS DISTINCT FROM OLD THEN PERFORM grants_refuse('what was written here is never changed'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_claimentry_unchanged BEFORE UPDATE ON grants_claimentry
FOR EACH ROW EXECUTE FUNCTION grants_unchanged();
CREATE TRIGGER grants_paymentbatchline_unchanged BEFORE UPDATE ON grants_paymentbatchline
FOR EACH ROW EXECUTE FUNCTION grants_unchanged();
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for sql in (REFUSE, TRANCHES, REQUISITIONS, PAYMENTS, CLAIMS, UNCHANGED):
            schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    replaces = [("grants", "0013_money_proved")]
    dependencies = [("grants", "0003_rows_that_span")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
