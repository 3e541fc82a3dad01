"""A room of its own for what is in it (docs/architecture.md)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        # What reads the rows as they were named before comes before
        ('digikoord', '0081_errors'),
        ('grants', '0061_receipt_credit'),
        ('programmes', '0001_rooms'),
        ('records', '0001_rooms'),
        ('reporting', '0051_rooms'),
    ]

    operations = [
        # The tables stay as they are, with their names, guards and rows: only whose they are is another.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='governmentdecision',
                    name='document',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document'),
                ),
                migrations.AlterField(
                    model_name='yearcharge',
                    name='document',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document'),
                ),
                migrations.AlterField(
                    model_name='signature',
                    name='document',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='records.document'),
                ),
                migrations.RemoveField(
                    model_name='registration',
                    name='document',
                ),
                migrations.RemoveField(
                    model_name='extension',
                    name='asked_by',
                ),
                migrations.RemoveField(
                    model_name='extension',
                    name='decided_by',
                ),
                migrations.RemoveField(
                    model_name='extension',
                    name='obligation',
                ),
                migrations.RemoveField(
                    model_name='programme',
                    name='disburser',
                ),
                migrations.RemoveField(
                    model_name='programme',
                    name='ended_by',
                ),
                migrations.RemoveField(
                    model_name='programme',
                    name='ministry',
                ),
                migrations.RemoveField(
                    model_name='programme',
                    name='secretariat',
                ),
                migrations.RemoveField(
                    model_name='programmefile',
                    name='programme',
                ),
                migrations.AlterField(
                    model_name='governmentdecision',
                    name='programme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='programmes.programme'),
                ),
                migrations.AlterField(
                    model_name='paymentbatch',
                    name='programme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='programmes.programme'),
                ),
                migrations.AlterField(
                    model_name='bankfile',
                    name='programme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_files', to='programmes.programme'),
                ),
                migrations.AlterField(
                    model_name='bankdetails',
                    name='programme',
                    field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_details', to='programmes.programme'),
                ),
                migrations.AlterField(
                    model_name='programmeyear',
                    name='programme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='years', to='programmes.programme'),
                ),
                migrations.RemoveField(
                    model_name='registration',
                    name='programme',
                ),
                migrations.AlterField(
                    model_name='bankfileline',
                    name='programme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme'),
                ),
                migrations.AlterField(
                    model_name='bankreference',
                    name='programme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme'),
                ),
                migrations.AlterField(
                    model_name='place',
                    name='programme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='programmes.programme'),
                ),
                migrations.RemoveField(
                    model_name='registration',
                    name='issuer',
                ),
                migrations.RemoveField(
                    model_name='registration',
                    name='party',
                ),
                migrations.RemoveField(
                    model_name='registration',
                    name='registered_by',
                ),
                migrations.DeleteModel(
                    name='Document',
                ),
                migrations.DeleteModel(
                    name='Extension',
                ),
                migrations.DeleteModel(
                    name='ProgrammeFile',
                ),
                migrations.DeleteModel(
                    name='Programme',
                ),
                migrations.DeleteModel(
                    name='Registration',
                ),
            ]
        ),
    ]
