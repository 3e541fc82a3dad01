"""What no single row can say, said by PostgreSQL: appointments never overlap, and sums never pass their limits.
On SQLite the acts under IMMEDIATE transactions are the guard."""

from django.db import migrations

OVERLAP = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE grants_coordinator ADD CONSTRAINT coordinator_no_overlap EXCLUDE USING gist (
    assignment_id WITH =, daterange(starts, ends, '[]') WITH &&
) WHERE (function = 'ordinary');
"""
SUMS = """
CREATE FUNCTION grants_requisition_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE granted numeric; claimed numeric;
BEGIN
  IF NEW.status NOT IN ('submitted', 'approved') THEN RETURN NEW; END IF;
  SELECT amount INTO granted FROM grants_tranche
    WHERE id = NEW.tranche_id AND status IN ('granted', 'closed', 'settled') FOR UPDATE;
  SELECT coalesce(sum(amount), 0) INTO claimed FROM grants_requisition
    WHERE tranche_id = NEW.tranche_id AND status IN ('submitted', 'approved') AND id <> NEW.id;
  IF granted IS NULL OR claimed + NEW.amount > granted THEN
    RAISE EXCEPTION 'requisitioned more than granted' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_requisition_within BEFORE INSERT OR UPDATE ON grants_requisition
FOR EACH ROW EXECUTE FUNCTION grants_requisition_within();

CREATE FUNCTION grants_payment_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status NOT IN ('released', 'exported', 'accepted', 'paid') THEN RETURN NEW; END IF;
  PERFORM 1 FROM grants_requisition
    WHERE id = NEW.requisition_id AND status = 'approved' AND amount >= NEW.amount;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'paid more than requisitioned' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status = 'released' THEN
    PERFORM 1 FROM grants_paymentaccount WHERE id = NEW.account_id AND status = 'verified';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'unverified account' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_payment_within BEFORE INSERT OR UPDATE ON grants_payment
FOR EACH ROW EXECUTE FUNCTION grants_payment_within();

CREATE FUNCTION grants_claim_entry_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE claimed numeric; settled numeric;
BEGIN
  SELECT amount INTO claimed FROM grants_repaymentclaim WHERE id = NEW.claim_id FOR UPDATE;
  SELECT coalesce(sum(amount), 0) INTO settled FROM grants_claimentry
    WHERE claim_id = NEW.claim_id AND id <> NEW.id;
  IF settled + NEW.amount > claimed THEN
    RAISE EXCEPTION 'repaid more than claimed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_claim_entry_within BEFORE INSERT OR UPDATE ON grants_claimentry
FOR EACH ROW EXECUTE FUNCTION grants_claim_entry_within();
"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(OVERLAP)
        schema_editor.execute(SUMS)


class Migration(migrations.Migration):
    replaces = [("grants", "0002_rows_that_span")]
    dependencies = [("grants", "0002_rows_kept")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
