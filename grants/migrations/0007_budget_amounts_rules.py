"""The rows and the rules of what the Riksdag gives amount by amount."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0006_budget_amounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetAmount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ceiling', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='nytt högsta belopp')),
            ],
            options={
                'ordering': ['decision', 'place'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='budgetdecision',
            name='budget_changed_has_ceiling',
        ),
        migrations.AddField(
            model_name='budgetdecision',
            name='by_amount',
            field=models.BooleanField(default=False, verbose_name='belopp för belopp'),
        ),
        migrations.AddField(
            model_name='budgetdecision',
            name='total',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='beslutet ger för året'),
        ),
        migrations.AddConstraint(
            model_name='budgetdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by_amount', False), ('outcome', 'changed'), ('recipient_ceiling__isnull', False)), models.Q(models.Q(('recipient_ceiling__isnull', True), ('secretariat_ceiling__isnull', True)), ('by_amount', True), ('outcome', 'changed')), models.Q(models.Q(('outcome', 'changed'), _negated=True), models.Q(('recipient_ceiling__isnull', True), ('secretariat_ceiling__isnull', True)), ('by_amount', False), ('total__isnull', True)), _connector='OR'), name='budget_changed_has_ceiling', violation_error_message='Ett ändrat belopp anges, och bara när utfallet är ändrat belopp.'),
        ),
        migrations.AddConstraint(
            model_name='budgetdecision',
            constraint=models.CheckConstraint(condition=models.Q(('total__isnull', True), ('total__gte', 0), _connector='OR'), name='budget_total', violation_error_message='Beloppet får inte vara negativt.'),
        ),
        migrations.AddConstraint(
            model_name='tranche',
            constraint=models.CheckConstraint(condition=models.Q(('ceiling__isnull', True), ('ceiling__lte', models.F('decided_ceiling')), _connector='OR'), name='tranche_ceiling_at_most_decided', violation_error_message='Högsta beloppet är högre än vad regeringen har beslutat.'),
        ),
        migrations.AddField(
            model_name='budgetamount',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amounts', to='grants.budgetdecision'),
        ),
        migrations.AddField(
            model_name='budgetamount',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.place'),
        ),
        migrations.AddConstraint(
            model_name='budgetamount',
            constraint=models.UniqueConstraint(fields=('decision', 'place'), name='budget_amount_once'),
        ),
        migrations.AddConstraint(
            model_name='budgetamount',
            constraint=models.CheckConstraint(condition=models.Q(('ceiling__isnull', True), ('ceiling__gte', 0), _connector='OR'), name='budget_amount_not_negative', violation_error_message='Beloppet får inte vara negativt.'),
        ),
    ]
