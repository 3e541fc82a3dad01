"""What an ended year's money is charged to, and the budget year of each payment: that of its value date.

PostgreSQL writes the budget year itself, and refuses that money of an ended year is granted, released or exported before somebody
else than who grants or releases it has decided what it is charged to. A decision is never changed, on either engine.
"""

from importlib import import_module

import digikoord.lib.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

append_only = import_module("actors.migrations.0002_kept").append_only

FILL = {
    "postgresql": """
ALTER TABLE grants_payment DISABLE TRIGGER USER;
UPDATE grants_payment SET charged_year = EXTRACT(YEAR FROM value_date) WHERE value_date IS NOT NULL;
ALTER TABLE grants_payment ENABLE TRIGGER USER;
""",
    "sqlite": "UPDATE grants_payment SET charged_year = CAST(substr(value_date, 1, 4) AS integer) WHERE value_date IS NOT NULL;",
}
POSTGRESQL = """
CREATE FUNCTION grants_payment_charges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.charged_year := EXTRACT(YEAR FROM NEW.value_date); RETURN NEW; END $$;
CREATE TRIGGER grants_payment_charges BEFORE INSERT OR UPDATE ON grants_payment
FOR EACH ROW EXECUTE FUNCTION grants_payment_charges();

CREATE FUNCTION grants_require_charge(tranche bigint, paid date, person bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM grants_tranche t JOIN grants_programmeyear y ON y.id = t.year_id
    WHERE t.id = tranche AND (y.year >= EXTRACT(YEAR FROM paid) OR EXISTS (
      SELECT 1 FROM grants_yearcharge c WHERE c.tranche_id = t.id AND c.budget_year = EXTRACT(YEAR FROM paid)
        AND c.decided_by_id <> person));
  IF NOT FOUND THEN PERFORM grants_refuse('the year has ended and nobody has decided what its money is charged to'); END IF;
END $$;

CREATE FUNCTION grants_payment_of_its_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM grants_require_charge(r.tranche_id, COALESCE(b.created_on, NEW.released_on), NEW.released_by_id)
    FROM grants_requisition r LEFT JOIN grants_paymentbatch b ON b.id = NEW.batch_id WHERE r.id = NEW.requisition_id;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_payment_of_its_year BEFORE UPDATE ON grants_payment FOR EACH ROW
WHEN (NEW.status IN ('released', 'exported') AND OLD.status <> NEW.status) EXECUTE FUNCTION grants_payment_of_its_year();

CREATE FUNCTION grants_tranche_of_its_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM grants_require_charge(NEW.id, NEW.granted_on, NEW.granted_by_id); RETURN NEW; END $$;
CREATE TRIGGER grants_tranche_of_its_year BEFORE UPDATE ON grants_tranche FOR EACH ROW
WHEN (NEW.status = 'granted' AND OLD.status <> 'granted') EXECUTE FUNCTION grants_tranche_of_its_year();
"""


def install(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    schema_editor.execute(FILL[vendor], params=None)
    append_only(schema_editor, "grants_yearcharge", "what was decided of an appropriation")
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0050_guards'),
        ('actors', '0051_obligation_ground'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='payment',
            name='charged_year',
            field=models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='belastar budgetår'),
        ),
        migrations.CreateModel(
            name='YearCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('budget_year', models.PositiveSmallIntegerField(verbose_name='budgetår')),
                ('appropriation', models.CharField(max_length=200, verbose_name='anslag')),
                ('reason', models.TextField(verbose_name='skäl')),
                ('decided_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='beslutat')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.document')),
                ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='grants.tranche')),
            ],
            options={
                'ordering': ['tranche', 'budget_year'],
                'constraints': [models.UniqueConstraint(fields=('tranche', 'budget_year'), name='year_charge_once', violation_error_message='Anslaget för det budgetåret är redan beslutat.'), models.CheckConstraint(condition=models.Q(('appropriation', ''), _negated=True), name='year_charge_has_appropriation', violation_error_message='Ange vilket anslag som belastas.')],
            },
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
