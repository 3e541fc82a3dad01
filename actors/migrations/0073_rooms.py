"""A room of its own for what is in it (docs/architecture.md)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        # What reads the rows as they were named before comes before
        ('digikoord', '0081_errors'),
        ('actors', '0072_rooms'),
        ('grants', '0062_rooms'),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(
                    name='Obligation',
                ),
            ]
        ),
    ]
