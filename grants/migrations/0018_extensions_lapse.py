"""A request for a later day ends with its duty; those whose duty has ended already are given their end."""

from django.conf import settings
from django.db import migrations, models


def lapse(apps, schema_editor):
    waiting = apps.get_model("grants", "Extension").objects.filter(status="asked")
    waiting.filter(obligation__closed_on__isnull=False).update(status="lapsed")


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0008_calendar_addresses'),
        ('grants', '0017_decision_discarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='extension',
            name='extension_known_status',
        ),
        migrations.AlterField(
            model_name='extension',
            name='status',
            field=models.CharField(choices=[('asked', 'Begärt'), ('granted', 'Beviljat'), ('refused', 'Avslaget'), ('withdrawn', 'Återtaget'), ('lapsed', 'Förfallet')], default='asked', max_length=10, verbose_name='läge'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'granted', 'refused', 'withdrawn', 'lapsed'])), name='extension_known_status', violation_error_message='Okänd status.'),
        ),
        migrations.RunPython(lapse, migrations.RunPython.noop),
    ]
