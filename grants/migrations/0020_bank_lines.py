"""Every line of the bank's files: what it said, and the names it is known by."""

import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0012_two_sides")]
    operations = [
        migrations.CreateModel(
            name='BankReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=36, verbose_name='referens')),
                ('weight', models.CharField(choices=[('own', 'bankens egen'), ('given', 'avsändarens'), ('shared', 'flera transaktioners')], max_length=10, verbose_name='slag')),
            ],
        ),
        migrations.AlterModelOptions(
            name='bankfileline',
            options={'ordering': ['file', 'number', 'pk']},
        ),
        migrations.RemoveConstraint(
            model_name='bankfileline',
            name='bank_line_deposit_once',
        ),
        migrations.RemoveConstraint(
            model_name='bankfileline',
            name='bank_line_known_outcome',
        ),
        migrations.RemoveConstraint(
            model_name='bankfileline',
            name='bank_line_booked_has_entry',
        ),
        migrations.AlterField(
            model_name='bankfile',
            name='kind',
            field=models.CharField(choices=[('answer', 'svar på betalningsfil (pain.002)'), ('deposits', 'pengar in och ut (camt.054)')], max_length=20, verbose_name='slag'),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='bank',
            field=models.CharField(blank=True, max_length=11, verbose_name='bankens BIC'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='booked',
            field=models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=14, verbose_name='bokfört'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='claim',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_lines', to='grants.repaymentclaim'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='credit',
            field=models.BooleanField(default=True, verbose_name='pengar in'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='end_to_end',
            field=models.CharField(blank=True, max_length=35, verbose_name='avsändarens identitet'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='handled_as',
            field=models.CharField(blank=True, choices=[('booked', 'Bokförd på ett krav'), ('sent_back', 'Återsänd'), ('credited', 'Tillgodoförd'), ('by_hand', 'Registrerad för hand'), ('reversed', 'Återtagen av banken'), ('same', 'Samma som en inläst'), ('returned', 'Retur av en utbetalning'), ('not_ours', 'Inte vår')], max_length=20, verbose_name='hur den utretts'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='handled_evidence',
            field=models.CharField(blank=True, max_length=200, verbose_name='underlag'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='meets',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='met_by', to='grants.bankfileline'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='message',
            field=models.CharField(blank=True, max_length=500, verbose_name='meddelande'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='number',
            field=models.PositiveIntegerField(default=0, verbose_name='rad'),
        ),
        migrations.AddField(
            model_name='bankfileline',
            name='reversal',
            field=models.BooleanField(default=False, verbose_name='återtagen post'),
        ),
        migrations.AlterField(
            model_name='bankfileline',
            name='handled_note',
            field=models.CharField(blank=True, max_length=200, verbose_name='vad som gjordes'),
        ),
        migrations.AlterField(
            model_name='bankfileline',
            name='outcome',
            field=models.CharField(choices=[('accepted', 'Mottagen av banken'), ('paid', 'Betald'), ('failed', 'Avvisad'), ('unchanged', 'Inget nytt'), ('matched', 'Matchad'), ('proposed', 'Att reda ut'), ('returned', 'Retur'), ('surplus', 'Överskott'), ('foreign', 'Inte vår'), ('known', 'Redan inläst')], max_length=20, verbose_name='utfall'),
        ),
        migrations.AlterField(
            model_name='bankfileline',
            name='payer',
            field=models.CharField(blank=True, max_length=140, verbose_name='motpart'),
        ),
        migrations.AddField(
            model_name='bankreference',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='references', to='grants.bankfileline'),
        ),
        migrations.AddField(
            model_name='bankreference',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.programme'),
        ),
    ]
