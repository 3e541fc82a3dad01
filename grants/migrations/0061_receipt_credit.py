"""What a repayment is credited to: rows that are added and never changed, of receipts only, by nobody with a conflict of interest.

The decision of what an ended year is charged to gets the guard against jäv that it lacked.
"""

from importlib import import_module

import digikoord.lib.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

append_only = import_module("actors.migrations.0002_kept").append_only
impartial = import_module("grants.migrations.0032_impartial_everywhere").guard

POSTGRESQL = """
CREATE FUNCTION grants_credit_of_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM grants_claimentry e WHERE e.id = NEW.entry_id AND e.kind = 'receipt' AND e.reverses_id IS NULL
    AND NOT grants_biased(NEW.registered_by_id, ARRAY(SELECT grants_concerned('claim', e.claim_id)), NULL, NULL);
  IF NOT FOUND THEN PERFORM grants_refuse('only a receipt is credited, by somebody without a conflict of interest'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_credit_of_receipt BEFORE INSERT ON grants_receiptcredit
FOR EACH ROW EXECUTE FUNCTION grants_credit_of_receipt();
"""


def install(apps, schema_editor):
    append_only(schema_editor, "grants_receiptcredit", "what a repayment was credited to")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        impartial(schema_editor, {"grants_yearcharge": ("tranche_id=tranche", "decided_by_id")})


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0060_landed_web_writes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceiptCredit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credited_to', models.CharField(max_length=200, verbose_name='krediteras')),
                ('budget_year', models.PositiveSmallIntegerField(null=True, verbose_name='budgetår')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='anteckning')),
                ('registered_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='registrerad')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='grants.claimentry')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['entry', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('credited_to', ''), _negated=True), name='receipt_credit_names_something', violation_error_message='Ange vad återbetalningen krediteras.'), models.CheckConstraint(condition=models.Q(('budget_year__isnull', True), ('budget_year__range', (1900, 2199)), _connector='OR'), name='receipt_credit_year', violation_error_message='Budgetåret är ett år mellan 1900 och 2199.')],
            },
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
