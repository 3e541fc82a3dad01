"""What a line of the bank's file must obey, when every line is one of the outcomes."""

import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0021_bank_lines_told")]
    operations = [
        migrations.AddIndex(
            model_name='bankfileline',
            index=models.Index(fields=['programme', 'outcome', 'amount'], name='bank_line_outcome'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('bank_reference', ''), _negated=True), ('outcome__in', ('matched', 'surplus', 'returned'))), fields=('programme', 'bank_reference', 'credit', 'reversal'), name='bank_line_deposit_once', violation_error_message='Inbetalningen är redan inläst.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.UniqueConstraint(condition=models.Q(('number__gt', 0)), fields=('file', 'number'), name='bank_line_number_once'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'matched')), fields=('meets',), name='bank_line_met_once', violation_error_message='Raden är redan återtagen.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['accepted', 'paid', 'failed', 'unchanged', 'matched', 'proposed', 'returned', 'surplus', 'foreign', 'known'])), name='bank_line_known_outcome', violation_error_message='Okänt utfall.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(('handled_as__in', ['', 'booked', 'sent_back', 'credited', 'by_hand', 'reversed', 'same', 'returned', 'not_ours'])), name='bank_line_known_handling', violation_error_message='Okänt sätt att reda ut.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='bank_line_amount_positive', violation_error_message='Beloppet måste vara större än noll.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', True), ('booked', 0)), models.Q(('entry__isnull', False), ('outcome__in', ('matched', 'surplus', 'returned')), models.Q(('booked', 0), _negated=True)), _connector='OR'), name='bank_line_booked_has_entry', violation_error_message='En bokförd inbetalning hör till ett krav.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'matched'), _negated=True), ('entry__isnull', False), ('payment__isnull', False), ('meets__isnull', False), ('handled_by__isnull', False), _connector='OR'), name='bank_line_matched_to_something', violation_error_message='En matchad rad hör till ett krav, en utbetalning eller en annan rad.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(('booked__lte', models.F('amount')), models.Q(models.Q(('outcome', 'surplus'), _negated=True), ('booked__lt', models.F('amount')), _connector='OR')), name='bank_line_booked_within', violation_error_message='Mer kan inte bokföras än vad som kom in.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'returned'), _negated=True), ('payment__isnull', False), _connector='OR'), name='bank_line_return_has_payment', violation_error_message='En retur hör till en utbetalning.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(('handled_by__isnull', False), ('handled_as', ''), _connector='OR'), name='bank_line_handled_as_something', violation_error_message='Hur raden utretts hör ihop med vem som gjorde det.'),
        ),
        migrations.AddConstraint(
            model_name='bankfileline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('handled_as__in', ('sent_back', 'credited', 'by_hand')), _negated=True), models.Q(models.Q(('handled_note', ''), _negated=True), models.Q(('handled_evidence', ''), _negated=True)), _connector='OR'), name='bank_line_money_has_evidence', violation_error_message='Ange vad som gjordes och underlaget för det.'),
        ),
        migrations.AddIndex(
            model_name='bankreference',
            index=models.Index(fields=['value', 'programme'], name='bank_reference_value'),
        ),
        migrations.AddConstraint(
            model_name='bankreference',
            constraint=models.UniqueConstraint(fields=('line', 'value'), name='bank_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='bankreference',
            constraint=models.CheckConstraint(condition=models.Q(('weight__in', ['own', 'given', 'shared'])), name='bank_reference_known_weight', violation_error_message='Okänt slag.'),
        ),
    ]
