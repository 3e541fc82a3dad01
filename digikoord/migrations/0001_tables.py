"""The tables as they stand."""

from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('digikoord', '0001_initial'), ('digikoord', '0002_jobrun'), ('digikoord', '0003_job_errors')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='dag')),
                ('job', models.CharField(max_length=40, verbose_name='jobb')),
                ('started_at', models.DateTimeField(verbose_name='började')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='blev klart')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='antal')),
                ('attempts', models.PositiveIntegerField(default=1, verbose_name='gånger')),
                ('error', models.TextField(blank=True, verbose_name='fel')),
            ],
            options={
                'ordering': ['-day', 'job'],
                'constraints': [models.UniqueConstraint(fields=('day', 'job'), name='job_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rehearsal', models.BooleanField(default=False, verbose_name='övning')),
                ('today', models.DateField(null=True, verbose_name='övningens dag')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='stage_single'), models.CheckConstraint(condition=models.Q(models.Q(('rehearsal', True), ('today__isnull', False)), models.Q(('rehearsal', False), ('today__isnull', True)), _connector='OR'), name='stage_day_only_in_rehearsal')],
            },
        ),
    ]
