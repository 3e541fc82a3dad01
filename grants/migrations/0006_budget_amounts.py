"""The Riksdag may give amount by amount; what the government decided is kept beside what is given."""

from django.db import migrations, models
from django.db.models import F


def remember(apps, schema_editor):
    """Until now an amount's ceiling was what the government decided, but for cuts of the Riksdag's."""
    apps.get_model("grants", "Tranche").objects.update(decided_ceiling=F("ceiling"))


MONEY = {"decimal_places": 2, "max_digits": 14}


class Migration(migrations.Migration):
    dependencies = [("grants", "0005_registrations")]
    operations = [
        migrations.AddField(
            "tranche",
            "decided_ceiling",
            models.DecimalField(verbose_name="högsta belopp enligt regeringens beslut", default=0, **MONEY),
            preserve_default=False,
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
