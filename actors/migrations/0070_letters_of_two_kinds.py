"""Letters of two kinds, links known by their digest, roles that are offered, and addresses that two persons change."""

import duties.models.link
import digikoord.lib.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0051_obligation_ground'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.EmailField(max_length=254, verbose_name='adress nu')),
                ('after', models.EmailField(max_length=254, verbose_name='ny adress')),
                ('proposed_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='föreslagen')),
                ('status', models.CharField(choices=[('proposed', 'Väntar på en andra person'), ('confirmed', 'Bekräftad'), ('rejected', 'Avslagen')], default='proposed', max_length=10, verbose_name='status')),
                ('decided_on', models.DateField(null=True, verbose_name='avgjord')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('content_type', models.CharField(max_length=80, verbose_name='slag')),
                ('content', models.BinaryField(verbose_name='innehåll')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('made_at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='gjord')),
                ('good_until', models.DateTimeField(default=duties.models.link.good_until, verbose_name='gäller till')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='upphörde')),
            ],
            options={
                'ordering': ['-pk'],
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
            ],
            options={
                'ordering': ['actor', '-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='letter',
            name='letter_once_a_day',
        ),
        migrations.AddField(
            model_name='letter',
            name='party',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor', verbose_name='part'),
        ),
        migrations.AddField(
            model_name='letter',
            name='purpose',
            field=models.CharField(choices=[('day', 'Dagens brev'), ('password', 'Länk för att välja lösenord'), ('address', 'Besked om en ändrad e-postadress'), ('matter', 'Brev i ett ärende')], db_default='day', default='day', max_length=12, verbose_name='vad brevet är till för'),
        ),
        migrations.AddField(
            model_name='letter',
            name='text',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='text'),
        ),
        migrations.AddField(
            model_name='letter',
            name='title',
            field=models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='ämne'),
        ),
        migrations.AddField(
            model_name='letter',
            name='url',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='sida'),
        ),
        migrations.AddField(
            model_name='notice',
            name='party',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor', verbose_name='part'),
        ),
        migrations.AlterField(
            model_name='letter',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL, verbose_name='mottagare'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('purpose', 'day')), fields=('recipient', 'day'), name='letter_of_a_day_once'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['day', 'password', 'address', 'matter'])), name='letter_known_purpose', violation_error_message='Okänt slag av brev.'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('recipient__isnull', False), ('purpose', 'matter'), _connector='OR'), name='letter_has_a_recipient', violation_error_message='Brevet ska ha en mottagare.'),
        ),
        migrations.AddField(
            model_name='addresschange',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='addresschange',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='address_changes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='addresschange',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='föreslagen av'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='actors.letter'),
        ),
        migrations.AddField(
            model_name='link',
            name='letter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='actors.letter'),
        ),
        migrations.AddField(
            model_name='link',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='membershipoffer',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor', verbose_name='part'),
        ),
        migrations.AddField(
            model_name='membershipoffer',
            name='membership',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.membership'),
        ),
        migrations.AddField(
            model_name='membershipoffer',
            name='offered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='erbjuden av'),
        ),
        migrations.AddField(
            model_name='membershipoffer',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('person',), name='address_change_open_once', violation_error_message='En ändring av adressen väntar redan på en andra person.'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'confirmed', 'rejected'])), name='address_change_known_status', violation_error_message='Okänd status.'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', True), ('proposed_by__isnull', True), models.Q(('person', models.F('proposed_by')), _negated=True), _connector='OR'), name='address_change_proposed_by_another', violation_error_message='Ingen ändrar sin egen adress.'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'confirmed'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('decided_by', models.F('person')), _negated=True)), _connector='OR'), name='address_change_by_two', violation_error_message='Adressen ändras av två personer: en föreslår och en annan bekräftar.'),
        ),
        migrations.AddConstraint(
            model_name='addresschange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('decided_on__isnull', False)), models.Q(('decided_by__isnull', True), ('decided_on__isnull', True)), _connector='OR'), name='address_change_decided', violation_error_message='Vem och när hör ihop.'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person',), name='link_open_once'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('good_until__isnull', True), ('good_until__gte', models.F('made_at')), _connector='OR'), name='link_in_order', violation_error_message='Slutdagen kan inte ligga före startdagen.'),
        ),
        migrations.AddConstraint(
            model_name='membershipoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'offered')), fields=('person', 'actor', 'role'), name='membership_offer_open_once', violation_error_message='Personen är redan erbjuden den rollen.'),
        ),
        migrations.AddConstraint(
            model_name='membershipoffer',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['offered', 'accepted', 'declined', 'withdrawn'])), name='membership_offer_known_status', violation_error_message='Okänd status.'),
        ),
        migrations.AddConstraint(
            model_name='membershipoffer',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['official', 'decision_maker', 'payer', 'writer', 'signatory', 'case_officer', 'head', 'auditor', 'administrator'])), name='membership_offer_known_role', violation_error_message='Okänd roll.'),
        ),
        migrations.AddConstraint(
            model_name='membershipoffer',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('offered_by')), _negated=True), name='membership_offer_by_another', violation_error_message='Ingen kan erbjuda sig själv en roll.'),
        ),
        migrations.AddConstraint(
            model_name='membershipoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted']), _negated=True), models.Q(('ended_on__isnull', False), ('membership__isnull', False)), _connector='OR'), name='membership_offer_accepted_gives_one', violation_error_message='En antagen roll är en behörighet.'),
        ),
    ]
