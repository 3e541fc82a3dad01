"""The texts and papers of the money: what an offer says, and the payment list."""

import datetime
import hashlib

from django.template.loader import render_to_string
from django.utils import timezone

from digikoord.lib import clock, pdf
from digikoord.lib.columns import Column


def offer_text(assignment):
    """The exact text an actor answers: the decision, its conditions and its amounts."""
    return render_to_string(
        "grants/offer_text.txt",
        {
            "assignment": assignment,
            "decision": assignment.decision,
            "programme": assignment.programme,
            "rule": assignment.programme.definition.budget_rule,
            "tranches": assignment.tranches.select_related("year").order_by("year__year"),
        },
    )


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


PAYMENT_LIST = (
    Column("end_to_end", "Betalning"),
    Column("holder", "Mottagare", value=lambda row: row.tranche.holder.legal_name),
    Column("org_nr", "Org.nr", value=lambda row: row.tranche.holder.org_nr or None),
    Column("account", "Konto", value=lambda row: str(row.account)),
    Column("reference", "Meddelande", value=lambda row: reference(row)),
    Column("amount", "Belopp, kr", "money", total=True),
)


def reference(payment):
    """What the recipient sees: the decision's case number and the year."""
    decision = payment.tranche.assignment.decision
    return f"{decision.case_number or decision.programme.code} {payment.tranche.year}"


def payment_list(batch):
    """The batch's payments in place order."""
    rows = batch.payments.select_related(
        "account",
        "requisition__tranche__year",
        "requisition__tranche__place",
        "requisition__tranche__assignment__holder",
        "requisition__tranche__assignment__decision__programme",
    )
    return rows.order_by("requisition__tranche__place__part", "requisition__tranche__place__code")


def payment_list_pdf(batch):
    """The payment list as PDF; the same bytes for the same batch, made at noon of its day."""
    rows = list(payment_list(batch))
    noon = timezone.make_aware(datetime.datetime.combine(batch.created_on, datetime.time(12)))
    title = f"Betalningslista {batch.number}"
    html = render_to_string(
        "pdf/payment_list.html",
        {
            "title": title,
            "batch": batch,
            "programme": batch.programme,
            "columns": PAYMENT_LIST,
            "rows": rows,
        },
    )
    return pdf.render(html, title=title, created=noon, rehearsal=clock.in_rehearsal())
