"""Where each error that a person met is counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("digikoord", "0080_rehearsal_mark")]
    operations = [
        migrations.CreateModel(
            name="Error",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12, unique=True, verbose_name="nummer")),
                ("at", models.DateTimeField(db_index=True, verbose_name="när")),
                ("kind", models.CharField(max_length=100, verbose_name="slag")),
                ("where", models.CharField(max_length=120, verbose_name="var")),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
    ]
