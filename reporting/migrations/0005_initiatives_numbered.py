"""Each initiative gets an id of its own: a report and its versions share their initiatives' order, and so their ids."""

from django.db import migrations


def number(apps, schema_editor):
    for model, field in (("ActivityReport", "draft"), ("ReportVersion", "content")):
        for row in apps.get_model("reporting", model).objects.all():
            content = getattr(row, field)
            initiatives = content.get("initiatives", [])
            content["initiatives"] = [{**one, "id": at} for at, one in enumerate(initiatives, start=1)]
            content |= {"last_id": len(initiatives), "attachments": [], "secrecy": {}}
            row.save(update_fields=[field])


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_report_step_by_step")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
