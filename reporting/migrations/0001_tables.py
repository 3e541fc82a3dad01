"""The tables as they stand. Every rule that a row can say is here; what spans rows, and what is kept, follows."""

import digikoord.lib.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reporting', '0001_initial'), ('reporting', '0002_ledger_check'), ('reporting', '0004_report_step_by_step'), ('reporting', '0005_initiatives_numbered'), ('reporting', '0007_compilation_room')]

    initial = True

    dependencies = [
        ('actors', '__first__'),
        ('grants', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'Utkast'), ('submitted', 'Inskickad'), ('returned', 'Återsänd'), ('reviewed', 'Granskad'), ('approved', 'Godkänd')], default='draft', max_length=20, verbose_name='status')),
                ('draft', models.JSONField(default=dict, verbose_name='innehåll')),
                ('editions', models.JSONField(default=dict, verbose_name='avsnittens upplagor')),
                ('paper_received_on', models.DateField(null=True, verbose_name='inkom på papper')),
                ('paper_certified_by', models.CharField(blank=True, max_length=240, verbose_name='undertecknad av')),
                ('submitted_on', models.DateField(null=True, verbose_name='inskickad')),
                ('returned_reason', models.TextField(blank=True, verbose_name='vad som ska kompletteras')),
                ('wanted', models.JSONField(default=dict, verbose_name='fält som ska kompletteras')),
                ('checks', models.JSONField(default=dict, verbose_name='kontroller')),
                ('reviewed_on', models.DateField(null=True, verbose_name='granskad')),
                ('approved_on', models.DateField(null=True, verbose_name='godkänd')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case_officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.document')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tranche', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='grants.tranche')),
            ],
            options={
                'ordering': ['tranche__year', 'tranche__place__part', 'tranche__place__code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'returned', 'reviewed', 'approved'])), name='report_known_status', violation_error_message='Okänd status.'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_by__isnull', False), ('submitted_on__isnull', False)), models.Q(('submitted_by__isnull', True), ('submitted_on__isnull', True)), _connector='OR'), name='report_submitted', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_by__isnull', False), ('reviewed_on__isnull', False)), models.Q(('reviewed_by__isnull', True), ('reviewed_on__isnull', True)), _connector='OR'), name='report_reviewed', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', False), ('approved_on__isnull', False)), models.Q(('approved_by__isnull', True), ('approved_on__isnull', True)), _connector='OR'), name='report_approved', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('paper_received_on__isnull', False)), models.Q(('paper__isnull', True), ('paper_received_on__isnull', True)), _connector='OR'), name='report_on_paper', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('reviewed_by__isnull', True), models.Q(('approved_by', models.F('reviewed_by')), _negated=True), _connector='OR'), name='report_four_eyes', violation_error_message='Den som granskat redovisningen kan inte godkänna den.'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('submitted_by__isnull', True), models.Q(('approved_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='report_not_approved_by_submitter', violation_error_message='Den som skickat in redovisningen kan inte godkänna den.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['submitted', 'returned', 'reviewed', 'approved']), _negated=True), ('submitted_by__isnull', False), _connector='OR'), name='report_submitted_has_who', violation_error_message='En inskickad redovisning har någon som skickat in den.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['reviewed', 'approved']), _negated=True), ('reviewed_by__isnull', False), _connector='OR'), name='report_reviewed_has_who', violation_error_message='En granskad redovisning har någon som granskat den.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['approved']), _negated=True), ('approved_by__isnull', False), _connector='OR'), name='report_approved_has_who', violation_error_message='En godkänd redovisning har någon som godkänt den.')],
            },
        ),
        migrations.CreateModel(
            name='Compilation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='compilation', to='grants.programmeyear')),
            ],
            options={
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='CompilationVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('reason', models.TextField(blank=True, verbose_name='skäl för ny version')),
                ('texts', models.JSONField(default=dict, verbose_name='kapitlens inledningar')),
                ('editions', models.JSONField(default=dict, verbose_name='texternas upplagor')),
                ('picked', models.JSONField(null=True, verbose_name='utvalda exempel')),
                ('status', models.CharField(choices=[('draft', 'Utkast'), ('frozen', 'Fryst'), ('established', 'Fastställd'), ('delivered', 'Överlämnad'), ('acknowledged', 'Mottagen')], default='draft', max_length=20, verbose_name='status')),
                ('opened_on', models.DateField(verbose_name='påbörjad')),
                ('data', models.JSONField(null=True, verbose_name='uppgifter')),
                ('pdf', models.BinaryField(null=True, verbose_name='dokument')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('frozen_on', models.DateField(null=True, verbose_name='fryst')),
                ('established_on', models.DateField(null=True, verbose_name='fastställd')),
                ('delivered_on', models.DateField(null=True, verbose_name='överlämnad')),
                ('delivered_at', models.DateTimeField(null=True, verbose_name='överlämnad, tidpunkt')),
                ('recipient', models.CharField(blank=True, max_length=120, verbose_name='mottagare')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                ('acknowledged_on', models.DateField(null=True, verbose_name='mottagen')),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reporting.compilation')),
                ('delivered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('established_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['compilation', 'number'],
                'constraints': [models.UniqueConstraint(fields=('compilation', 'number'), name='compilation_version_once'), models.UniqueConstraint(condition=models.Q(('status__in', ('draft', 'frozen'))), fields=('compilation',), name='compilation_one_open_version', violation_error_message='Det finns redan en öppen version.'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'frozen', 'established', 'delivered', 'acknowledged'])), name='compilation_known_status', violation_error_message='Okänd status.'), models.CheckConstraint(condition=models.Q(models.Q(('data__isnull', False), ('frozen_by__isnull', False), ('frozen_on__isnull', False), ('pdf__isnull', False)), models.Q(('data__isnull', True), ('frozen_by__isnull', True), ('frozen_on__isnull', True), ('pdf__isnull', True)), _connector='OR'), name='compilation_frozen', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('established_by__isnull', False), ('established_on__isnull', False)), models.Q(('established_by__isnull', True), ('established_on__isnull', True)), _connector='OR'), name='compilation_established', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', False), ('delivered_by__isnull', False), ('delivered_on__isnull', False)), models.Q(('delivered_at__isnull', True), ('delivered_by__isnull', True), ('delivered_on__isnull', True)), _connector='OR'), name='compilation_delivered', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_by__isnull', False), ('acknowledged_on__isnull', False)), models.Q(('acknowledged_by__isnull', True), ('acknowledged_on__isnull', True)), _connector='OR'), name='compilation_acknowledged', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(('established_by__isnull', True), ('frozen_by__isnull', True), models.Q(('established_by', models.F('frozen_by')), _negated=True), _connector='OR'), name='compilation_four_eyes', violation_error_message='Den som fryst sammanställningen kan inte fastställa den.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['frozen', 'established', 'delivered', 'acknowledged']), _negated=True), ('pdf__isnull', False), _connector='OR'), name='compilation_final_has_bytes', violation_error_message='En fryst sammanställning har sitt dokument.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('established', 'delivered', 'acknowledged')), _negated=True), ('established_by__isnull', False), _connector='OR'), name='compilation_established_has_who', violation_error_message='En fastställd sammanställning har någon som fastställt den.')],
            },
        ),
        migrations.CreateModel(
            name='FactCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('asked', 'Väntar på svar'), ('confirmed', 'Stämmer'), ('objected', 'Invändning'), ('handled', 'Invändningen är hanterad'), ('withdrawn', 'Återtagen')], default='asked', max_length=20, verbose_name='status')),
                ('data', models.JSONField(verbose_name='det som skickades')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('due', models.DateField(verbose_name='sista dag')),
                ('asked_on', models.DateField(verbose_name='skickad')),
                ('answer', models.TextField(blank=True, verbose_name='det som ska rättas')),
                ('answered_on', models.DateField(null=True, verbose_name='besvarad')),
                ('handling', models.TextField(blank=True, verbose_name='vad invändningen ledde till')),
                ('handled_on', models.DateField(null=True, verbose_name='hanterad')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_checks', to='grants.tranche')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_checks', to='reporting.compilationversion')),
            ],
            options={
                'ordering': ['version', 'tranche__place__code', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ('asked', 'confirmed', 'objected', 'handled'))), fields=('version', 'tranche'), name='fact_check_once', violation_error_message='Sidan är redan skickad för faktagranskning.'), models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'confirmed', 'objected', 'handled', 'withdrawn'])), name='fact_check_known_status', violation_error_message='Okänd status.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_by__isnull', False), ('answered_on__isnull', False)), models.Q(('answered_by__isnull', True), ('answered_on__isnull', True)), _connector='OR'), name='fact_check_answered', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('handled_by__isnull', False), ('handled_on__isnull', False)), models.Q(('handled_by__isnull', True), ('handled_on__isnull', True)), _connector='OR'), name='fact_check_handled', violation_error_message='Vem och när hör ihop.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['objected', 'handled']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='fact_check_objection_says', violation_error_message='Skriv vad som ska rättas.'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['confirmed', 'objected', 'handled']), _negated=True), ('answered_by__isnull', False), _connector='OR'), name='fact_check_answered_has_who', violation_error_message='Ett svar har någon som lämnat det.'), models.CheckConstraint(condition=models.Q(models.Q(('handled_by__isnull', False), ('status', 'handled'), models.Q(('handling', ''), _negated=True)), models.Q(('status', 'handled'), _negated=True), _connector='OR'), name='fact_check_handling_says', violation_error_message='Skriv vad invändningen ledde till.')],
            },
        ),
        migrations.CreateModel(
            name='LedgerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='tidpunkt')),
                ('compared', models.PositiveIntegerField(verbose_name='jämförda uppgifter')),
                ('differences', models.JSONField(default=list, verbose_name='avvikelser')),
                ('trail_to', models.BigIntegerField(default=0, verbose_name='händelseloggen till och med')),
                ('trail_count', models.PositiveIntegerField(default=0, verbose_name='antal händelser')),
                ('trail_sha256', models.CharField(max_length=64, verbose_name='händelseloggens SHA-256')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger_checks', to='grants.programme')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['programme', '-id'], name='ledger_check_latest')],
            },
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('draft', 'utkast'), ('final', 'slutlig'), ('chapter', 'förhandsvisning')], max_length=10, verbose_name='syfte')),
                ('chapter', models.CharField(blank=True, max_length=40, verbose_name='kapitel')),
                ('status', models.CharField(choices=[('queued', 'I kö'), ('running', 'Pågår'), ('done', 'Klar'), ('failed', 'Misslyckad')], default='queued', max_length=20, verbose_name='status')),
                ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='procent klart')),
                ('requested_at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='begärd')),
                ('touched_at', models.DateTimeField(auto_now=True, verbose_name='senast rörd')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='klar')),
                ('pdf', models.BinaryField(null=True, verbose_name='dokument')),
                ('failure', models.TextField(blank=True, verbose_name='fel')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renderings', to='reporting.compilationversion')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'running', 'done', 'failed'])), name='rendering_known_status', violation_error_message='Okänd status.'), models.UniqueConstraint(condition=models.Q(('status__in', ('queued', 'running'))), fields=('version', 'purpose', 'chapter'), name='rendering_one_at_a_time', violation_error_message='Dokumentet framställs redan.')],
            },
        ),
        migrations.CreateModel(
            name='ReportAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='vad bilagan är')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.document')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='reporting.activityreport')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('key', models.CharField(max_length=80, verbose_name='fält')),
                ('label', models.CharField(max_length=300, verbose_name='fältets namn')),
                ('text', models.TextField(verbose_name='kommentar')),
                ('at', models.DateTimeField(default=digikoord.lib.clock.now, verbose_name='tidpunkt')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='borttagen')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='reporting.activityreport')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='report_comment_says', violation_error_message='Skriv något i kommentaren.')],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('content', models.JSONField(verbose_name='innehåll')),
                ('used', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='använt av bidraget')),
                ('certified_by_name', models.CharField(max_length=240, verbose_name='intygad av')),
                ('submitted_on', models.DateField(verbose_name='inskickad')),
                ('received_late', models.BooleanField(default=False, verbose_name='inkommen för sent')),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.document')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reporting.activityreport')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['report', 'number'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='report_version_once'), models.CheckConstraint(condition=models.Q(('used__isnull', True), ('used__gte', 0), _connector='OR'), name='report_version_used', violation_error_message='Beloppet får inte vara negativt.')],
            },
        ),
    ]
