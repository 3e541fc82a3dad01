"""What was taken in before is one of the outcomes there are now: booked is matched, left is to be looked into, and what
had been looked into was told of in words."""

from django.db import migrations


def tell(apps, schema_editor):
    lines = apps.get_model("grants", "BankFileLine").objects
    for line in lines.filter(outcome="booked").select_related("entry"):
        lines.filter(pk=line.pk).update(outcome="matched", booked=line.entry.amount, claim=line.entry.claim_id)
    lines.filter(outcome="left", handled_by=None).update(outcome="proposed")
    lines.filter(outcome="left").update(outcome="matched")
    names = apps.get_model("grants", "BankReference").objects
    for line in lines.exclude(bank_reference="").exclude(bank_reference__contains="#"):
        whole, _, part = line.bank_reference.partition("/")
        for value in filter(None, (whole, part)):
            names.create(programme=line.programme, line=line, value=value[:36], weight="shared" if part else "own")


class Migration(migrations.Migration):
    dependencies = [("grants", "0020_bank_lines")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
