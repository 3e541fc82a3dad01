"""A room of its own for what is in it (docs/architecture.md)."""

import digikoord.lib.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        # What reads the rows as they were named before comes before
        ('digikoord', '0081_errors'),
        ('reporting', '0050_guards'),
        ('grants', '0061_receipt_credit'),
        ('actors', '0071_consent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='AddressChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('before', models.EmailField(max_length=254, verbose_name='adress nu')),
                        ('after', models.EmailField(max_length=254, verbose_name='ny adress')),
                        ('proposed_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='föreslagen')),
                        ('status', models.CharField(choices=[('proposed', 'Väntar på en andra person'), ('confirmed', 'Bekräftad'), ('rejected', 'Avslagen')], default='proposed', max_length=10, verbose_name='status')),
                        ('decided_on', models.DateField(null=True, verbose_name='avgjord')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='address_changes', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='föreslagen av')),
                    ],
                    options={
                        'db_table': 'actors_addresschange',
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('person',), name='address_change_open_once', violation_error_message='En ändring av adressen väntar redan på en andra person.'), models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'confirmed', 'rejected'])), name='address_change_known_status', violation_error_message='Okänd status.'), models.CheckConstraint(condition=models.Q(('person__isnull', True), ('proposed_by__isnull', True), models.Q(('person', models.F('proposed_by')), _negated=True), _connector='OR'), name='address_change_proposed_by_another', violation_error_message='Ingen ändrar sin egen adress.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'confirmed'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('decided_by', models.F('person')), _negated=True)), _connector='OR'), name='address_change_by_two', violation_error_message='Adressen ändras av två personer: en föreslår och en annan bekräftar.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('decided_on__isnull', False)), models.Q(('decided_by__isnull', True), ('decided_on__isnull', True)), _connector='OR'), name='address_change_decided', violation_error_message='Vem och när hör ihop.')],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64, unique=True, verbose_name='adressens SHA-256')),
                        ('made_at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='skapad')),
                        ('revoked_at', models.DateTimeField(null=True, verbose_name='återkallad')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_addresses', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'actors_calendaraddress',
                        'ordering': ['-made_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('person',), name='calendar_address_one_at_a_time', violation_error_message='Det finns redan en kalenderadress.')],
                    },
                ),
                migrations.CreateModel(
                    name='MembershipOffer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('official', 'handläggare'), ('decision_maker', 'beslutsfattare'), ('payer', 'ekonom'), ('writer', 'koordinator eller handläggare hos aktören'), ('signatory', 'behörig företrädare'), ('case_officer', 'handläggare på sekretariatet'), ('head', 'fastställare'), ('auditor', 'revisor'), ('administrator', 'administratör')], max_length=20, verbose_name='roll')),
                        ('name', models.CharField(max_length=120, verbose_name='namn, som det skrevs')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-post, som den skrevs')),
                        ('offered_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='erbjuden')),
                        ('status', models.CharField(choices=[('offered', 'Väntar på svar'), ('accepted', 'Antagen'), ('declined', 'Avböjd'), ('withdrawn', 'Återtagen')], default='offered', max_length=10, verbose_name='status')),
                        ('ended_on', models.DateField(null=True, verbose_name='besvarad')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor', verbose_name='part')),
                        ('membership', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.membership')),
                        ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='erbjuden av')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'actors_membershipoffer',
                        'ordering': ['actor', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'offered')), fields=('person', 'actor', 'role'), name='membership_offer_open_once', violation_error_message='Personen är redan erbjuden den rollen.'), models.CheckConstraint(condition=models.Q(('status__in', ['offered', 'accepted', 'declined', 'withdrawn'])), name='membership_offer_known_status', violation_error_message='Okänd status.'), models.CheckConstraint(condition=models.Q(('role__in', ['official', 'decision_maker', 'payer', 'writer', 'signatory', 'case_officer', 'head', 'auditor', 'administrator'])), name='membership_offer_known_role', violation_error_message='Okänd roll.'), models.CheckConstraint(condition=models.Q(('person', models.F('offered_by')), _negated=True), name='membership_offer_by_another', violation_error_message='Ingen kan erbjuda sig själv en roll.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted']), _negated=True), models.Q(('ended_on__isnull', False), ('membership__isnull', False)), _connector='OR'), name='membership_offer_accepted_gives_one', violation_error_message='En antagen roll är en behörighet.')],
                    },
                ),
            ]
        ),
    ]
