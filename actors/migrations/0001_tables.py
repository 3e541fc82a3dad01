"""The tables as they stand. Every rule that a row can say is here; what spans rows, and what is kept, follows."""

import duties.models.letter
import digikoord.lib.clock
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('actors', '0001_initial'), ('actors', '0003_event_year'), ('actors', '0004_signatures_required'), ('actors', '0005_conflicts'), ('actors', '0006_extensions'), ('actors', '0007_notices'), ('actors', '0008_calendar_addresses'), ('actors', '0009_conflicts_examined'), ('actors', '0010_duties_given')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='County',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name='länskod')),
                ('letter', models.CharField(max_length=2, unique=True, verbose_name='länsbokstav')),
                ('name', models.CharField(max_length=60, verbose_name='län')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-post')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='titel')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
                ('created_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='upplagd')),
                ('bounced_address', models.EmailField(blank=True, max_length=254, verbose_name='studsad adress')),
                ('bounced_on', models.DateField(null=True, verbose_name='studsade')),
                ('bounce_reason', models.CharField(blank=True, max_length=300, verbose_name='varför')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once', violation_error_message='E-postadressen används redan.')],
            },
        ),
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='kod')),
                ('kind', models.CharField(choices=[('county_administrative_board', 'länsstyrelse'), ('county_council', 'landsting'), ('cooperation_body', 'samverkansorgan'), ('municipality', 'kommun'), ('region', 'region'), ('agency', 'statlig myndighet'), ('government_offices', 'Regeringskansliet')], max_length=40, verbose_name='slag')),
                ('legal_name', models.CharField(max_length=120, verbose_name='juridiskt namn')),
                ('display_name', models.CharField(max_length=120, verbose_name='namn')),
                ('org_nr', models.CharField(blank=True, max_length=11, verbose_name='organisationsnummer')),
                ('org_nr_basis', models.CharField(blank=True, max_length=120, verbose_name='källa för organisationsnummer')),
                ('signatures_required', models.PositiveSmallIntegerField(default=1, verbose_name='underskrifter som krävs')),
                ('dissolved_on', models.DateField(blank=True, null=True, verbose_name='upphörd')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('org_nr', ''), _negated=True), fields=('org_nr',), name='actor_org_nr_once', violation_error_message='Organisationsnumret används redan av en annan aktör.'), models.CheckConstraint(condition=models.Q(('signatures_required__in', (1, 2))), name='actor_signs_alone_or_two_jointly', violation_error_message='En aktör företräds av en person ensam eller av två tillsammans.'), models.CheckConstraint(condition=models.Q(('kind__in', ['county_administrative_board', 'county_council', 'cooperation_body', 'municipality', 'region', 'agency', 'government_offices'])), name='actor_known_kind', violation_error_message='Okänt slag av juridisk person.')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='tidpunkt')),
                ('effective_on', models.DateField(null=True, verbose_name='gäller från')),
                ('verb', models.CharField(max_length=60, verbose_name='händelse')),
                ('by_key', models.BigIntegerField(verbose_name='vem, nyckel')),
                ('by_name', models.CharField(max_length=120, verbose_name='vem')),
                ('by_party', models.CharField(blank=True, max_length=120, verbose_name='part')),
                ('label', models.CharField(max_length=200, verbose_name='vad')),
                ('key', models.CharField(max_length=60, verbose_name='vad, nyckel')),
                ('url', models.CharField(blank=True, max_length=200, verbose_name='sida')),
                ('programme', models.CharField(blank=True, max_length=60, verbose_name='program')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='plats')),
                ('place_label', models.CharField(blank=True, max_length=120, verbose_name='plats, namn')),
                ('holder', models.CharField(blank=True, max_length=60, verbose_name='aktör')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='programår')),
                ('facts', models.JSONField(default=dict, verbose_name='uppgifter')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['programme', 'place', 'at'], name='event_place'), models.Index(fields=['key'], name='event_key'), models.Index(fields=['holder'], name='event_holder')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(default=digikoord.lib.clock.today, verbose_name='dag')),
                ('address', models.EmailField(max_length=254, verbose_name='adress')),
                ('message_id', models.CharField(default=duties.models.letter.message_id, max_length=120, unique=True, verbose_name='Message-ID')),
                ('status', models.CharField(choices=[('queued', 'Köat'), ('sent', 'Skickat'), ('failed', 'Misslyckat'), ('bounced', 'Studsat'), ('dropped', 'Behövdes inte')], default='queued', max_length=10, verbose_name='status')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='försök')),
                ('next_try_at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='nästa försök')),
                ('last_error', models.CharField(blank=True, max_length=300, verbose_name='senaste fel')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='skickat')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL, verbose_name='mottagare')),
            ],
            options={
                'ordering': ['-day', '-pk'],
                'indexes': [models.Index(condition=models.Q(('status', 'queued')), fields=['next_try_at'], name='letter_queued')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'day'), name='letter_once_a_day'), models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sent', 'failed', 'bounced', 'dropped'])), name='letter_known_status', violation_error_message='Okänd status.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['sent']), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='letter_sent_has_when', violation_error_message='Ett skickat brev har en tid.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('official', 'handläggare'), ('decision_maker', 'beslutsfattare'), ('payer', 'ekonom'), ('writer', 'koordinator eller handläggare hos aktören'), ('signatory', 'behörig företrädare'), ('case_officer', 'handläggare på sekretariatet'), ('head', 'fastställare'), ('auditor', 'revisor'), ('administrator', 'administratör')], max_length=20, verbose_name='roll')),
                ('valid_from', models.DateField(default=digikoord.lib.clock.today, verbose_name='från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='till')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='actors.actor', verbose_name='part')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='upplagd av')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['actor', 'user', 'role'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_in_order', violation_error_message='Slutdagen kan inte ligga före startdagen.'), models.CheckConstraint(condition=models.Q(('role__in', ['official', 'decision_maker', 'payer', 'writer', 'signatory', 'case_officer', 'head', 'auditor', 'administrator'])), name='membership_known_role', violation_error_message='Okänd roll.'), models.CheckConstraint(condition=models.Q(('user', models.F('granted_by')), _negated=True), name='membership_by_another', violation_error_message='Ingen kan ge sig själv en behörighet.'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('user', 'actor', 'role'), name='membership_open_once', violation_error_message='Personen har redan den rollen.')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='slag')),
                ('label', models.CharField(max_length=200, verbose_name='vad')),
                ('key', models.CharField(max_length=60, verbose_name='vad, nyckel')),
                ('url', models.CharField(max_length=200, verbose_name='sida')),
                ('about_url', models.CharField(blank=True, max_length=200, verbose_name='sakens sida')),
                ('programme', models.CharField(max_length=60, verbose_name='program')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='plats')),
                ('place_label', models.CharField(blank=True, max_length=120, verbose_name='plats, namn')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='programår')),
                ('role', models.CharField(choices=[('official', 'handläggare'), ('decision_maker', 'beslutsfattare'), ('payer', 'ekonom'), ('writer', 'koordinator eller handläggare hos aktören'), ('signatory', 'behörig företrädare'), ('case_officer', 'handläggare på sekretariatet'), ('head', 'fastställare'), ('auditor', 'revisor'), ('administrator', 'administratör')], max_length=20, verbose_name='roll')),
                ('extender_role', models.CharField(blank=True, choices=[('official', 'handläggare'), ('decision_maker', 'beslutsfattare'), ('payer', 'ekonom'), ('writer', 'koordinator eller handläggare hos aktören'), ('signatory', 'behörig företrädare'), ('case_officer', 'handläggare på sekretariatet'), ('head', 'fastställare'), ('auditor', 'revisor'), ('administrator', 'administratör')], max_length=20, verbose_name='anstånd avgörs av')),
                ('limit', models.DateField(null=True, verbose_name='ska räcka till')),
                ('due', models.DateField(null=True, verbose_name='dag')),
                ('act_by', models.DateField(null=True, verbose_name='sista dag att handla')),
                ('legal', models.BooleanField(default=False, verbose_name='rättslig skyldighet')),
                ('consequence', models.CharField(blank=True, max_length=300, verbose_name='följd av att dagen missas')),
                ('ladder', models.JSONField(default=list, verbose_name='påminnelsetrappa')),
                ('escalations', models.JSONField(default=list, verbose_name='vem som får veta sedan')),
                ('told_step', models.IntegerField(null=True, verbose_name='senaste steg')),
                ('next_step_on', models.DateField(null=True, verbose_name='nästa påminnelse')),
                ('moves', models.PositiveIntegerField(default=0, verbose_name='flyttad, gånger')),
                ('changed_at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='dagen bestämdes')),
                ('opened_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='uppkom')),
                ('closed_on', models.DateField(null=True, verbose_name='upphörde')),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Fullgjord'), ('void', 'Bortfallen')], max_length=10, verbose_name='utfall')),
                ('why', models.CharField(blank=True, max_length=200, verbose_name='varför')),
                ('barred', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('debtor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='actors.actor')),
                ('extender', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor')),
                ('given_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='actors.obligation')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('act_by'), nulls_last=True), 'kind', 'place', 'pk'],
                'indexes': [models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['next_step_on'], name='obligation_next_step'), models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['debtor', 'act_by'], name='obligation_owed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('kind', 'key'), name='obligation_open_once'), models.CheckConstraint(condition=models.Q(('act_by__isnull', True), ('act_by__gte', models.F('due')), _connector='OR'), name='obligation_acts_after_due', violation_error_message='Slutdagen kan inte ligga före startdagen.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('outcome', '')), models.Q(('closed_on__isnull', False), ('outcome__in', ['done', 'void'])), _connector='OR'), name='obligation_closed_has_outcome', violation_error_message='En avslutad skyldighet har ett utfall.'), models.CheckConstraint(condition=models.Q(models.Q(('extender__isnull', True), ('extender_role', '')), models.Q(('extender__isnull', False), ('extender_role__in', ['official', 'decision_maker', 'payer', 'writer', 'signatory', 'case_officer', 'head', 'auditor', 'administrator'])), _connector='OR'), name='obligation_extended_by_a_role', violation_error_message='Den som avgör anstånd har en roll.')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('duty', 'En rättslig skyldighet med en sista dag'), ('handling', 'Handläggning med en intern tid'), ('escalation', 'Någon annan är försenad'), ('news', 'Besked om vad som har hänt')], default='news', max_length=12, verbose_name='slag')),
                ('due', models.DateField(null=True, verbose_name='dag')),
                ('step', models.IntegerField(null=True, verbose_name='steg, dagar kvar')),
                ('text', models.CharField(max_length=300, verbose_name='text')),
                ('consequence', models.CharField(blank=True, max_length=300, verbose_name='följd')),
                ('url', models.CharField(max_length=200, verbose_name='sida')),
                ('created_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='skapad')),
                ('app_only', models.BooleanField(default=False, verbose_name='bara i digikoord')),
                ('read_at', models.DateTimeField(null=True, verbose_name='läst')),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='actors.letter')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('obligation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='actors.obligation')),
            ],
            options={
                'ordering': ['-created_on', '-pk'],
                'indexes': [models.Index(condition=models.Q(('app_only', False), ('letter__isnull', True)), fields=['recipient'], name='notice_without_letter'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['recipient'], name='notice_unread')],
                'constraints': [models.UniqueConstraint(fields=('obligation', 'due', 'step', 'recipient'), name='notice_once_a_step'), models.CheckConstraint(condition=models.Q(('kind__in', ['duty', 'handling', 'escalation', 'news'])), name='notice_known_kind', violation_error_message='Okänt slag.')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='gäller från')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='rättslig grund')),
                ('predecessor_dissolved', models.BooleanField(default=False, verbose_name='företrädaren har upphört')),
                ('status', models.CharField(choices=[('planned', 'Planerad'), ('registered', 'Registrerad')], default='planned', max_length=20, verbose_name='status')),
                ('registered_on', models.DateField(null=True, verbose_name='registrerad')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded_by', to='actors.actor', verbose_name='företrädare')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registrerad av')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='actors.actor', verbose_name='efterträdare')),
            ],
            options={
                'ordering': ['effective_on', 'predecessor__code'],
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'effective_on'), name='succession_once_a_day'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_two_actors', violation_error_message='En aktör kan inte efterträda sig själv.'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'registered'])), name='succession_known_status', violation_error_message='Okänd status.'), models.CheckConstraint(condition=models.Q(models.Q(('registered_by__isnull', False), ('registered_on__isnull', False)), models.Q(('registered_by__isnull', True), ('registered_on__isnull', True)), _connector='OR'), name='succession_registered', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['registered']), _negated=True), ('registered_by__isnull', False), _connector='OR'), name='succession_registered_has_who', violation_error_message='En registrerad övergång har någon som registrerat den.')],
            },
        ),
        migrations.CreateModel(
            name='AppOnly',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('duty', 'En rättslig skyldighet med en sista dag'), ('handling', 'Handläggning med en intern tid'), ('escalation', 'Någon annan är försenad'), ('news', 'Besked om vad som har hänt')], max_length=12, verbose_name='slag')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='app_only', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='app_only_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'duty'), _negated=True), ('kind__in', ['duty', 'handling', 'escalation', 'news'])), name='app_only_never_for_duties', violation_error_message='Rättsliga skyldigheter skickas alltid med e-post.')],
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
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('person',), name='calendar_address_one_at_a_time', violation_error_message='Det finns redan en kalenderadress.')],
            },
        ),
        migrations.CreateModel(
            name='ConflictOfInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='skäl')),
                ('declared_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='anmält')),
                ('upheld_on', models.DateField(null=True, verbose_name='prövat, står kvar')),
                ('uphold_reason', models.TextField(blank=True, verbose_name='varför det står kvar')),
                ('lifted_on', models.DateField(null=True, verbose_name='hävt')),
                ('lift_reason', models.TextField(blank=True, verbose_name='varför det hävts')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='actors.actor', verbose_name='aktör')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.conflictofinterest', verbose_name='följer av jäv för företrädaren')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('upheld_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('lifted_on'), descending=True, nulls_first=True), '-declared_on', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_on__isnull', True)), fields=('person', 'actor'), name='conflict_open_once', violation_error_message='Jäv är redan anmält för aktören.'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_by__isnull', False), ('lifted_on__isnull', False)), models.Q(('lifted_by__isnull', True), ('lifted_on__isnull', True)), _connector='OR'), name='conflict_lifted', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(('lifted_by__isnull', True), ('person__isnull', True), models.Q(('lifted_by', models.F('person')), _negated=True), _connector='OR'), name='conflict_lifted_by_another', violation_error_message='Den som anmält jäv kan inte själv häva det.'), models.CheckConstraint(condition=models.Q(models.Q(('lift_reason', ''), ('lifted_on__isnull', True)), models.Q(('lifted_on__isnull', False), models.Q(('lift_reason', ''), _negated=True)), _connector='OR'), name='conflict_lifted_with_reason', violation_error_message='Ett hävt jäv har ett skäl.'), models.CheckConstraint(condition=models.Q(('lifted_on__isnull', True), ('lifted_on__gte', models.F('declared_on')), _connector='OR'), name='conflict_in_order', violation_error_message='Slutdagen kan inte ligga före startdagen.'), models.CheckConstraint(condition=models.Q(models.Q(('upheld_by__isnull', False), ('upheld_on__isnull', False)), models.Q(('upheld_by__isnull', True), ('upheld_on__isnull', True)), _connector='OR'), name='conflict_upheld', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(('upheld_by__isnull', True), ('person__isnull', True), models.Q(('upheld_by', models.F('person')), _negated=True), _connector='OR'), name='conflict_upheld_by_another', violation_error_message='Den som anmält jäv kan inte själv pröva det.'), models.CheckConstraint(condition=models.Q(models.Q(('upheld_on__isnull', True), ('uphold_reason', '')), models.Q(('upheld_on__isnull', False), models.Q(('uphold_reason', ''), _negated=True)), _connector='OR'), name='conflict_upheld_with_reason', violation_error_message='Ett jäv som står kvar har ett skäl.')],
            },
        ),
    ]
