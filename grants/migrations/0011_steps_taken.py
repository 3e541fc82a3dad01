"""Who took which step of the payments that already are: from the rows, and from the trail for earlier attempts.

A step that puts a person on both sides is left out, the later one: the check of the books still tells of it by the rows.
"""

from django.db import migrations

SIDES = {
    "submitted": "preparing",
    "entered_account": "preparing",
    "approved": "preparing",
    "prepared": "preparing",
    "corrected": "preparing",
    "verified_account": "releasing",
    "released": "releasing",
}
VERBS = {"payment.prepared": "prepared", "payment.corrected": "corrected", "payment.released": "released"}


def lay_in(apps, schema_editor):
    Payment, Step = apps.get_model("grants", "Payment"), apps.get_model("grants", "PaymentStep")
    Event, Line = apps.get_model("actors", "Event"), apps.get_model("grants", "PaymentBatchLine")
    known = set(apps.get_model("actors", "User").objects.values_list("pk", flat=True))
    for row in Payment.objects.select_related("requisition", "account").order_by("pk").iterator():
        handed = list(Line.objects.filter(payment=row).order_by("pk").values_list("end_to_end", flat=True))
        attempts = [*handed, *([] if row.end_to_end in handed else [row.end_to_end])]
        taken, sides = [], {}
        told = Event.objects.filter(key=f"payment:{row.pk}", verb__in=VERBS).order_by("pk")
        attempt = 0
        asked = row.requisition
        taken.append((attempts[0], "submitted", asked.submitted_by_id, asked.submitted_on, None))
        taken.append((attempts[0], "approved", row.requisition.approved_by_id, row.requisition.approved_on, None))
        for event in told:
            attempt += event.verb == "payment.corrected"
            name = attempts[min(attempt, len(attempts) - 1)]
            taken.append((name, VERBS[event.verb], event.by_key, event.effective_on, None))
        taken += _of_the_row(row)
        for end_to_end, step, person, on, account in taken:
            if person not in known or sides.setdefault(person, SIDES[step]) != SIDES[step]:
                continue
            Step.objects.get_or_create(
                payment=row,
                end_to_end=end_to_end,
                step=step,
                person_id=person,
                account=account,
                defaults={"requisition": row.requisition, "side": SIDES[step], "on": on},
            )


def _of_the_row(row):
    """What the row itself says of its present attempt."""
    corrected = row.prepared_by_id != row.requisition.approved_by_id
    step = "corrected" if corrected else "prepared"
    yield row.end_to_end, step, row.prepared_by_id, row.prepared_on, None
    account = row.account
    if account and row.released_by_id:
        yield row.end_to_end, "entered_account", account.entered_by_id, row.released_on, account
        if account.verified_by_id:
            yield row.end_to_end, "verified_account", account.verified_by_id, row.released_on, account
        yield row.end_to_end, "released", row.released_by_id, row.released_on, account


class Migration(migrations.Migration):
    dependencies = [("grants", "0010_payment_chain"), ("actors", "0002_kept")]
    operations = [migrations.RunPython(lay_in, migrations.RunPython.noop)]
