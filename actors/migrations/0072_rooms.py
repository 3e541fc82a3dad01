"""A room of its own for what is in it (docs/architecture.md)."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        # What reads the rows as they were named before comes before
        ('digikoord', '0081_errors'),
        ('actors', '0071_consent'),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='addresschange',
                    name='decided_by',
                ),
                migrations.RemoveField(
                    model_name='addresschange',
                    name='person',
                ),
                migrations.RemoveField(
                    model_name='addresschange',
                    name='proposed_by',
                ),
                migrations.RemoveField(
                    model_name='apponly',
                    name='person',
                ),
                migrations.RemoveField(
                    model_name='attachment',
                    name='letter',
                ),
                migrations.RemoveField(
                    model_name='calendaraddress',
                    name='person',
                ),
                migrations.DeleteModel(
                    name='Event',
                ),
                migrations.RemoveField(
                    model_name='letter',
                    name='party',
                ),
                migrations.RemoveField(
                    model_name='letter',
                    name='recipient',
                ),
                migrations.RemoveField(
                    model_name='notice',
                    name='letter',
                ),
                migrations.RemoveField(
                    model_name='link',
                    name='letter',
                ),
                migrations.RemoveField(
                    model_name='link',
                    name='person',
                ),
                migrations.RemoveField(
                    model_name='membershipoffer',
                    name='actor',
                ),
                migrations.RemoveField(
                    model_name='membershipoffer',
                    name='membership',
                ),
                migrations.RemoveField(
                    model_name='membershipoffer',
                    name='offered_by',
                ),
                migrations.RemoveField(
                    model_name='membershipoffer',
                    name='person',
                ),
                migrations.RemoveField(
                    model_name='notice',
                    name='obligation',
                ),
                migrations.RemoveField(
                    model_name='notice',
                    name='party',
                ),
                migrations.RemoveField(
                    model_name='notice',
                    name='recipient',
                ),
                migrations.RemoveField(
                    model_name='obligation',
                    name='barred',
                ),
                migrations.RemoveField(
                    model_name='obligation',
                    name='debtor',
                ),
                migrations.RemoveField(
                    model_name='obligation',
                    name='extender',
                ),
                migrations.RemoveField(
                    model_name='obligation',
                    name='given_to',
                ),
                migrations.RemoveField(
                    model_name='obligation',
                    name='parent',
                ),
                migrations.DeleteModel(
                    name='AddressChange',
                ),
                migrations.DeleteModel(
                    name='AppOnly',
                ),
                migrations.DeleteModel(
                    name='Attachment',
                ),
                migrations.DeleteModel(
                    name='CalendarAddress',
                ),
                migrations.DeleteModel(
                    name='Letter',
                ),
                migrations.DeleteModel(
                    name='Link',
                ),
                migrations.DeleteModel(
                    name='MembershipOffer',
                ),
                migrations.DeleteModel(
                    name='Notice',
                ),
            ]
        ),
    ]
