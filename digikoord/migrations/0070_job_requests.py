"""Jobs that somebody has asked for are rows: a queue that is gone loses none of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('digikoord', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=40, verbose_name='jobb')),
                ('asked_at', models.DateTimeField(verbose_name='begärt')),
                ('done_at', models.DateTimeField(null=True, verbose_name='kört')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['job'], name='job_request_open')],
            },
        ),
    ]
