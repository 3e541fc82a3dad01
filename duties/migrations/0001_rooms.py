"""A room of its own for what is in it (docs/architecture.md)."""

import digikoord.lib.clock
import django.db.models.deletion
import duties.models.letter
import duties.models.link
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
        ('actors', '0072_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('day', 'Dagens brev'), ('password', 'Länk för att välja lösenord'), ('address', 'Besked om en ändrad e-postadress'), ('matter', 'Brev i ett ärende')], db_default='day', default='day', max_length=12, verbose_name='vad brevet är till för')),
                        ('title', models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='ämne')),
                        ('text', models.TextField(blank=True, db_default='', default='', verbose_name='text')),
                        ('url', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='sida')),
                        ('day', models.DateField(default=digikoord.lib.clock.today, verbose_name='dag')),
                        ('address', models.EmailField(max_length=254, verbose_name='adress')),
                        ('message_id', models.CharField(default=duties.models.letter.message_id, max_length=120, unique=True, verbose_name='Message-ID')),
                        ('status', models.CharField(choices=[('queued', 'Köat'), ('sent', 'Skickat'), ('failed', 'Misslyckat'), ('bounced', 'Studsat'), ('dropped', 'Behövdes inte')], default='queued', max_length=10, verbose_name='status')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='försök')),
                        ('next_try_at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='nästa försök')),
                        ('last_error', models.CharField(blank=True, max_length=300, verbose_name='senaste fel')),
                        ('sent_at', models.DateTimeField(null=True, verbose_name='skickat')),
                        ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor', verbose_name='part')),
                        ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL, verbose_name='mottagare')),
                    ],
                    options={
                        'db_table': 'actors_letter',
                        'ordering': ['-day', '-pk'],
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
                        ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='duties.letter')),
                    ],
                    options={
                        'db_table': 'actors_attachment',
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
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='duties.letter')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'db_table': 'actors_link',
                        'ordering': ['-pk'],
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
                        ('ground', models.CharField(blank=True, db_default='lag (1930:173) om beräkning av lagstadgad tid', default='lag (1930:173) om beräkning av lagstadgad tid', max_length=200, verbose_name='flyttas enligt')),
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
                        ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='duties.obligation')),
                    ],
                    options={
                        'db_table': 'actors_obligation',
                        'ordering': [models.OrderBy(models.F('act_by'), nulls_last=True), 'kind', 'place', 'pk'],
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
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='duties.letter')),
                        ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.actor', verbose_name='part')),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                        ('obligation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='duties.obligation')),
                    ],
                    options={
                        'db_table': 'actors_notice',
                        'ordering': ['-created_on', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Extension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('status', models.CharField(choices=[('asked', 'Begärt'), ('granted', 'Beviljat'), ('refused', 'Avslaget'), ('withdrawn', 'Återtaget'), ('lapsed', 'Förfallet')], default='asked', max_length=10, verbose_name='läge')),
                        ('before', models.DateField(verbose_name='tidigare dag')),
                        ('wanted', models.DateField(verbose_name='önskad dag')),
                        ('reason', models.TextField(verbose_name='skäl')),
                        ('asked_on', models.DateField(default=digikoord.lib.clock.today, verbose_name='begärt')),
                        ('due', models.DateField(null=True, verbose_name='beviljad dag')),
                        ('decision_reason', models.TextField(blank=True, verbose_name='skäl för beslutet')),
                        ('decided_on', models.DateField(null=True, verbose_name='avgjort')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='duties.obligation')),
                    ],
                    options={
                        'db_table': 'grants_extension',
                        'ordering': ['-asked_on', '-pk'],
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
                        'db_table': 'actors_apponly',
                        'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='app_only_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'duty'), _negated=True), ('kind__in', ['duty', 'handling', 'escalation', 'news'])), name='app_only_never_for_duties', violation_error_message='Rättsliga skyldigheter skickas alltid med e-post.')],
                    },
                ),
                migrations.AddIndex(
                    model_name='letter',
                    index=models.Index(condition=models.Q(('status', 'queued')), fields=['next_try_at'], name='letter_queued'),
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
                migrations.AddConstraint(
                    model_name='letter',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sent', 'failed', 'bounced', 'dropped'])), name='letter_known_status', violation_error_message='Okänd status.'),
                ),
                migrations.AddConstraint(
                    model_name='letter',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['sent']), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='letter_sent_has_when', violation_error_message='Ett skickat brev har en tid.'),
                ),
                migrations.AddConstraint(
                    model_name='link',
                    constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person',), name='link_open_once'),
                ),
                migrations.AddConstraint(
                    model_name='link',
                    constraint=models.CheckConstraint(condition=models.Q(('good_until__isnull', True), ('good_until__gte', models.F('made_at')), _connector='OR'), name='link_in_order', violation_error_message='Slutdagen kan inte ligga före startdagen.'),
                ),
                migrations.AddIndex(
                    model_name='obligation',
                    index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['next_step_on'], name='obligation_next_step'),
                ),
                migrations.AddIndex(
                    model_name='obligation',
                    index=models.Index(condition=models.Q(('closed_on__isnull', True)), fields=['debtor', 'act_by'], name='obligation_owed'),
                ),
                migrations.AddConstraint(
                    model_name='obligation',
                    constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('kind', 'key'), name='obligation_open_once'),
                ),
                migrations.AddConstraint(
                    model_name='obligation',
                    constraint=models.CheckConstraint(condition=models.Q(('act_by__isnull', True), ('act_by__gte', models.F('due')), _connector='OR'), name='obligation_acts_after_due', violation_error_message='Slutdagen kan inte ligga före startdagen.'),
                ),
                migrations.AddConstraint(
                    model_name='obligation',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('outcome', '')), models.Q(('closed_on__isnull', False), ('outcome__in', ['done', 'void'])), _connector='OR'), name='obligation_closed_has_outcome', violation_error_message='En avslutad skyldighet har ett utfall.'),
                ),
                migrations.AddConstraint(
                    model_name='obligation',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('extender__isnull', True), ('extender_role', '')), models.Q(('extender__isnull', False), ('extender_role__in', ['official', 'decision_maker', 'payer', 'writer', 'signatory', 'case_officer', 'head', 'auditor', 'administrator'])), _connector='OR'), name='obligation_extended_by_a_role', violation_error_message='Den som avgör anstånd har en roll.'),
                ),
                migrations.AddIndex(
                    model_name='notice',
                    index=models.Index(condition=models.Q(('app_only', False), ('letter__isnull', True)), fields=['recipient'], name='notice_without_letter'),
                ),
                migrations.AddIndex(
                    model_name='notice',
                    index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['recipient'], name='notice_unread'),
                ),
                migrations.AddConstraint(
                    model_name='notice',
                    constraint=models.UniqueConstraint(fields=('obligation', 'due', 'step', 'recipient'), name='notice_once_a_step'),
                ),
                migrations.AddConstraint(
                    model_name='notice',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['duty', 'handling', 'escalation', 'news'])), name='notice_known_kind', violation_error_message='Okänt slag.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'granted', 'refused', 'withdrawn', 'lapsed'])), name='extension_known_status', violation_error_message='Okänd status.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('obligation',), name='extension_asked_once', violation_error_message='En begäran om anstånd väntar redan på beslut.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(('wanted__gt', models.F('before'))), name='extension_wants_a_later_day', violation_error_message='Den önskade dagen måste ligga efter den nuvarande.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(('due__isnull', True), ('due__gt', models.F('before')), _connector='OR'), name='extension_gives_a_later_day', violation_error_message='Den nya dagen måste ligga efter den nuvarande.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('due__isnull', False), ('status', 'granted')), models.Q(models.Q(('status', 'granted'), _negated=True), ('due__isnull', True)), _connector='OR'), name='extension_granted_has_day', violation_error_message='Ett beviljat anstånd har en ny dag, inget annat.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('decided_on__isnull', False)), models.Q(('decided_by__isnull', True), ('decided_on__isnull', True)), _connector='OR'), name='extension_decided', violation_error_message='Vem och när hör ihop.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('granted', 'refused')), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='extension_decided_by_somebody', violation_error_message='Ett avgjort anstånd har någon som avgjort det.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('granted', 'refused')), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='extension_decided_with_reason', violation_error_message='Ett beslut om anstånd har ett skäl.'),
                ),
                migrations.AddConstraint(
                    model_name='extension',
                    constraint=models.CheckConstraint(condition=models.Q(('asked_by__isnull', True), ('decided_by__isnull', True), models.Q(('asked_by', models.F('decided_by')), _negated=True), _connector='OR'), name='extension_decided_by_another', violation_error_message='Den som begärt anstånd kan inte själv avgöra det.'),
                ),
            ]
        ),
    ]
