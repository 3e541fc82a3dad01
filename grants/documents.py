"""The texts and papers of the money: what an offer says, and the payment list."""

import datetime
import hashlib

from django.template.loader import render_to_string
from django.utils import timezone

from digikoord.lib import clock, pdf
from digikoord.lib.columns import Column

from .models import PaymentBatchLine


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
    Column("holder", "Mottagare"),
    Column("org_nr", "Org.nr", value=lambda row: row.org_nr or None),
    Column("account", "Konto"),
    Column("reference", "Meddelande"),
    Column("amount", "Belopp, kr", "money", total=True),
)


def batch_line(payment):
    """The payment as its list hands it over; `reference` is what the recipient sees."""
    holder, decision = payment.tranche.holder, payment.tranche.assignment.decision
    return PaymentBatchLine(
        batch=payment.batch,
        payment=payment,
        end_to_end=payment.end_to_end,
        holder=holder.legal_name,
        org_nr=holder.org_nr,
        account=str(payment.account),
        reference=f"{decision.case_number or decision.programme.code} {payment.tranche.year}",
        amount=payment.amount,
    )


def payment_list_pdf(batch):
    """The payment list as PDF; the same bytes for the same batch, made at noon of its day."""
    noon = timezone.make_aware(datetime.datetime.combine(batch.created_on, datetime.time(12)))
    title = f"Betalningslista {batch.number}"
    html = render_to_string(
        "pdf/payment_list.html",
        {
            "title": title,
            "batch": batch,
            "programme": batch.programme,
            "columns": PAYMENT_LIST,
            "rows": list(batch.lines.all()),
        },
    )
    return pdf.render(html, title=title, created=noon, rehearsal=clock.in_rehearsal())
