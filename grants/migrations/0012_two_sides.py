"""One payment has two sides, over all its attempts, and nobody stands on both; what is paid may come back, once, and says
how; and nothing goes to an account that the bank has sent money back from. Said by PostgreSQL whatever writes to it.

That nobody is on both sides is an exclusion constraint: PostgreSQL itself makes two transactions at once wait for each
other. What is inserted is checked at the end of its transaction (a copy is laid in in any order), what is changed at once.
On both engines the new rows only grow. SQLite changed payments and account lines by copying them: their guards again.
"""

from importlib import import_module

from django.db import migrations

append_only = import_module("actors.migrations.0002_kept").append_only
KEPT_SQLITE = import_module("grants.migrations.0002_rows_kept").KEPT_SQLITE
COPIED = ("payment", "accountline", "repaymentclaim")
GROWING = {
    "paymentstep": "the chain of people",
    "paymentreturn": "what came back",
    "accountverification": "what was verified anew",
}

SIDES = """
ALTER TABLE grants_paymentstep ADD CONSTRAINT payment_step_one_side EXCLUDE USING gist (
    requisition_id WITH =, person_id WITH =, side WITH <>
);

CREATE FUNCTION grants_vouched(asked bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT coalesce(
    (SELECT verified_by_id FROM grants_accountverification WHERE account_id = asked ORDER BY id DESC LIMIT 1),
    (SELECT verified_by_id FROM grants_paymentaccount WHERE id = asked))
$$;
CREATE FUNCTION grants_on_side(asked bigint, who bigint, which text) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (SELECT 1 FROM grants_paymentstep WHERE requisition_id = asked AND person_id = who AND side = which)
$$;
CREATE FUNCTION grants_has_released(asked bigint, who bigint) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (SELECT 1 FROM grants_paymentstep
    WHERE requisition_id = asked AND person_id = who AND step = 'released')
$$;

CREATE FUNCTION grants_payment_sides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE approver bigint; submitter bigint; enterer bigint; voucher bigint; who bigint;
BEGIN
  IF NEW.released_by_id IS NOT NULL AND ((OLD.released_by_id, OLD.account_id) IS DISTINCT FROM
      (NEW.released_by_id, NEW.account_id) OR (NEW.status = 'exported' AND OLD.status <> 'exported')) THEN
    SELECT approved_by_id, submitted_by_id INTO approver, submitter
      FROM grants_requisition WHERE id = NEW.requisition_id;
    SELECT entered_by_id INTO enterer FROM grants_paymentaccount WHERE id = NEW.account_id;
    voucher := grants_vouched(NEW.account_id);
    FOREACH who IN ARRAY ARRAY[NEW.released_by_id, voucher] LOOP
      IF who IN (approver, submitter, enterer, NEW.prepared_by_id) OR grants_on_side(NEW.requisition_id, who, 'preparing') THEN
        PERFORM grants_refuse('one person on both sides of a payment');
      END IF;
    END LOOP;
    IF grants_on_side(NEW.requisition_id, enterer, 'releasing') THEN
      PERFORM grants_refuse('one person on both sides of a payment');
    END IF;
  END IF;
  IF NEW.prepared_by_id <> OLD.prepared_by_id
     AND grants_on_side(NEW.requisition_id, NEW.prepared_by_id, 'releasing') THEN
    PERFORM grants_refuse('one person on both sides of a payment');
  END IF;
  IF NEW.confirmed_by_id IS NOT NULL AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id
     AND grants_has_released(NEW.requisition_id, NEW.confirmed_by_id) THEN
    PERFORM grants_refuse('confirmed by who released it');
  END IF;
  IF NEW.settled_in_id IS NOT NULL AND NEW.settled_in_id IS DISTINCT FROM OLD.settled_in_id
     AND grants_has_released(NEW.requisition_id,
       (SELECT imported_by_id FROM grants_bankfile WHERE id = NEW.settled_in_id)) THEN
    PERFORM grants_refuse('answered by who released it');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_payment_sides BEFORE UPDATE ON grants_payment
FOR EACH ROW EXECUTE FUNCTION grants_payment_sides();

CREATE FUNCTION grants_payment_has_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row grants_payment; approver bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.prepared_by_id, OLD.released_by_id, OLD.account_id, OLD.end_to_end)
     IS NOT DISTINCT FROM (NEW.prepared_by_id, NEW.released_by_id, NEW.account_id, NEW.end_to_end) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO row FROM grants_payment WHERE id = NEW.id;
  SELECT approved_by_id INTO approver FROM grants_requisition WHERE id = row.requisition_id;
  IF NOT EXISTS (SELECT 1 FROM grants_paymentstep WHERE payment_id = row.id AND end_to_end = row.end_to_end
       AND step IN ('prepared', 'corrected') AND person_id = row.prepared_by_id)
     OR (approver IS NOT NULL AND NOT EXISTS (SELECT 1 FROM grants_paymentstep
       WHERE requisition_id = row.requisition_id AND step = 'approved' AND person_id = approver)) THEN
    PERFORM grants_refuse('a payment whose chain of people is not told');
  END IF;
  IF row.released_by_id IS NOT NULL AND (
      NOT EXISTS (SELECT 1 FROM grants_paymentstep WHERE payment_id = row.id AND end_to_end = row.end_to_end
        AND step = 'released' AND person_id = row.released_by_id)
      OR NOT EXISTS (SELECT 1 FROM grants_paymentstep s JOIN grants_paymentaccount a ON a.id = row.account_id
        WHERE s.payment_id = row.id AND s.end_to_end = row.end_to_end
        AND s.step = 'entered_account' AND s.person_id = a.entered_by_id)
      OR NOT EXISTS (SELECT 1 FROM grants_paymentstep WHERE payment_id = row.id AND end_to_end = row.end_to_end
        AND step = 'verified_account' AND account_id = row.account_id)) THEN
    PERFORM grants_refuse('a payment whose chain of people is not told');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_payment_has_steps AFTER INSERT OR UPDATE ON grants_payment
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_payment_has_steps();

CREATE FUNCTION grants_step_of_its_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM grants_payment WHERE id = NEW.payment_id AND requisition_id = NEW.requisition_id;
  IF NOT FOUND THEN PERFORM grants_refuse('a step of another requisition'); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_step_of_its_payment AFTER INSERT ON grants_paymentstep
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_step_of_its_payment();

CREATE FUNCTION grants_approved_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.approved_by_id IS NOT NULL AND (OLD.approved_by_id, OLD.approved_on)
     IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_on) THEN
    PERFORM grants_refuse('who approved a requisition is never changed');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_approved_once BEFORE UPDATE ON grants_requisition
FOR EACH ROW EXECUTE FUNCTION grants_approved_once();

CREATE FUNCTION grants_answer_from_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind <> 'answer' THEN RETURN NULL; END IF;
  PERFORM 1 FROM grants_paymentbatch WHERE id = NEW.batch_id AND handed_out_by_id IS NOT NULL;
  IF NOT FOUND THEN PERFORM grants_refuse('an answer to a file that was never handed out'); END IF;
  PERFORM 1 FROM grants_paymentbatchline l JOIN grants_paymentstep s ON s.payment_id = l.payment_id
    WHERE l.batch_id = NEW.batch_id AND s.step = 'released' AND s.person_id = NEW.imported_by_id
    AND s.id <= (SELECT max(id) FROM grants_paymentstep WHERE payment_id = l.payment_id AND end_to_end = l.end_to_end);
  IF FOUND THEN PERFORM grants_refuse('answered by who released it'); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_answer_from_another AFTER INSERT ON grants_bankfile
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_answer_from_another();
"""

MOVES = """
CREATE OR REPLACE FUNCTION grants_payment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.amount, OLD.requisition_id) IS DISTINCT FROM (NEW.amount, NEW.requisition_id) THEN
    PERFORM grants_refuse('the amount of a payment is never changed');
  END IF;
  IF OLD.status = 'paid' AND NEW.status NOT IN ('paid', 'returned') THEN
    PERFORM grants_refuse('what is paid is paid, once');
  END IF;
  IF (OLD.status = 'paid' OR (OLD.status = 'returned' AND NEW.status <> 'prepared'))
     AND (OLD.account_id, OLD.batch_id, OLD.end_to_end, OLD.value_date, OLD.confirmed_by_id, OLD.settled_in_id)
     IS DISTINCT FROM
     (NEW.account_id, NEW.batch_id, NEW.end_to_end, NEW.value_date, NEW.confirmed_by_id, NEW.settled_in_id) THEN
    PERFORM grants_refuse('what is paid is paid, once');
  END IF;
  IF NEW.status = 'paid' AND OLD.status NOT IN ('exported', 'accepted', 'paid') THEN
    PERFORM grants_refuse('paid without having been sent to the bank');
  END IF;
  IF NEW.status = 'returned' AND OLD.status NOT IN ('paid', 'returned') THEN
    PERFORM grants_refuse('returned without having been paid');
  END IF;
  IF NEW.status = 'returned' AND OLD.status = 'paid' THEN
    PERFORM 1 FROM grants_paymentreturn r WHERE r.payment_id = NEW.id AND r.end_to_end = NEW.end_to_end
      AND r.amount = NEW.amount AND r.account_id = NEW.account_id AND r.batch_id = NEW.batch_id
      AND r.value_date = NEW.value_date AND r.reason <> ''
      AND NOT grants_has_released(NEW.requisition_id, r.registered_by_id);
    IF NOT FOUND THEN PERFORM grants_refuse('returned without who, when and why'); END IF;
  END IF;
  IF OLD.status = 'returned' AND NEW.status NOT IN ('returned', 'prepared', 'cancelled') THEN
    PERFORM grants_refuse('what came back is corrected or cancelled');
  END IF;
  IF OLD.status IN ('returned', 'failed') AND NEW.status = 'prepared' AND NEW.end_to_end = OLD.end_to_end THEN
    PERFORM grants_refuse('a new attempt has a new identity');
  END IF;
  IF OLD.status IN ('exported', 'accepted') AND (OLD.account_id, OLD.batch_id, OLD.end_to_end)
     IS DISTINCT FROM (NEW.account_id, NEW.batch_id, NEW.end_to_end) THEN
    PERFORM grants_refuse('what is at the bank is never changed');
  END IF;
  IF NEW.status IN ('released', 'exported') AND NEW.status <> OLD.status THEN
    PERFORM grants_payment_leaves(NEW);
    PERFORM 1 FROM grants_accountstop WHERE account_id = NEW.account_id AND lifted_id IS NULL;
    IF FOUND THEN PERFORM grants_refuse('a stopped account'); END IF;
  END IF;
  RETURN NEW;
END $$;
"""

ACCOUNTS = """
CREATE FUNCTION grants_account_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.giro, OLD.number, OLD.entered_by_id, OLD.entered_on)
     IS DISTINCT FROM (NEW.giro, NEW.number, NEW.entered_by_id, NEW.entered_on) THEN
    PERFORM grants_refuse('the number of an account is never changed');
  END IF;
  IF OLD.verified_by_id IS NOT NULL AND (OLD.verified_by_id, OLD.verified_on, OLD.evidence_kind, OLD.evidence)
     IS DISTINCT FROM (NEW.verified_by_id, NEW.verified_on, NEW.evidence_kind, NEW.evidence) THEN
    PERFORM grants_refuse('who verified an account is never changed');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_account_fixed BEFORE UPDATE ON grants_paymentaccount
FOR EACH ROW EXECUTE FUNCTION grants_account_fixed();

CREATE FUNCTION grants_verified_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE account grants_paymentaccount; before bigint;
BEGIN
  SELECT * INTO account FROM grants_paymentaccount WHERE id = NEW.account_id;
  SELECT verified_by_id INTO before FROM grants_accountverification
    WHERE account_id = NEW.account_id AND id < NEW.id ORDER BY id DESC LIMIT 1;
  IF account.verified_by_id IS NULL
     OR NEW.verified_by_id IN (account.entered_by_id, coalesce(before, account.verified_by_id)) THEN
    PERFORM grants_refuse('verified anew by the same person');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER grants_verified_by_another AFTER INSERT ON grants_accountverification
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_verified_by_another();

CREATE FUNCTION grants_stop_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM grants_paymentaccount WHERE id = NEW.account_id FOR UPDATE;
  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
  IF OLD.lifted_id IS NOT NULL OR (OLD.account_id, OLD.payment_id, OLD.code, OLD.cause, OLD.stopped_on, OLD.stopped_by_id)
     IS DISTINCT FROM
     (NEW.account_id, NEW.payment_id, NEW.code, NEW.cause, NEW.stopped_on, NEW.stopped_by_id) THEN
    PERFORM grants_refuse('a stop is only lifted, once');
  END IF;
  PERFORM 1 FROM grants_accountverification
    WHERE id = NEW.lifted_id AND account_id = NEW.account_id AND verified_on >= NEW.stopped_on;
  IF NEW.lifted_id IS NOT NULL AND NOT FOUND THEN
    PERFORM grants_refuse('a stop is lifted by a later verification of the account');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_stop_holds BEFORE INSERT OR UPDATE ON grants_accountstop
FOR EACH ROW EXECUTE FUNCTION grants_stop_holds();
CREATE TRIGGER grants_accountstop_kept BEFORE DELETE ON grants_accountstop
FOR EACH ROW EXECUTE FUNCTION grants_keep();
"""
STOPS_SQLITE = """
CREATE TRIGGER grants_stop_holds BEFORE UPDATE ON grants_accountstop
WHEN OLD.lifted_id IS NOT NULL OR NEW.account_id IS NOT OLD.account_id OR NEW.payment_id IS NOT OLD.payment_id
  OR NEW.code IS NOT OLD.code OR NEW.cause IS NOT OLD.cause OR NEW.stopped_on IS NOT OLD.stopped_on
  OR NEW.stopped_by_id IS NOT OLD.stopped_by_id
BEGIN SELECT RAISE(ABORT, 'a stop is only lifted, once'); END;
"""


def install(apps, schema_editor):
    for table, what in GROWING.items():
        append_only(schema_editor, f"grants_{table}", what)
    if schema_editor.connection.vendor == "postgresql":
        for sql in (SIDES, MOVES, ACCOUNTS):
            schema_editor.execute(sql, params=None)
        return
    made_once = KEPT_SQLITE.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS")
    for table in (*COPIED, "accountstop"):
        schema_editor.execute(made_once.format(table=table))
    schema_editor.execute(STOPS_SQLITE)


class Migration(migrations.Migration):
    dependencies = [("grants", "0011_steps_taken")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
