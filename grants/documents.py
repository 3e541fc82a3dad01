"""The texts and papers of the money: an offer and its answer, and the payment list."""

import datetime
import hashlib
from decimal import Decimal
from typing import TypedDict

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from digikoord.lib import clock, pdf
from digikoord.lib.columns import Column
from digikoord.lib.money import ZERO
from programmes.models import Programme
from programmes.programme_file.shape import BudgetRule
from records.models import Registration

from .lifecycle.payment import Status
from .models import (
    Assignment,
    GovernmentDecision,
    Payment,
    PaymentBatch,
    PaymentBatchLine,
    Recovery,
    RepaymentClaim,
    Requisition,
    Signature,
    Tranche,
)
from .models.budget_decision import outcome_of
from .models.payment import PaymentQuerySet


class Letter(TypedDict):
    """What the letter of an offer or an assignment says."""

    title: str
    assignment: Assignment
    decision: GovernmentDecision
    programme: Programme
    rule: BudgetRule | None
    tranches: list[Tranche]
    total: Decimal
    text: str
    sha256: str
    site: str


class Receipt(TypedDict):
    """An answer as it was given."""

    title: str
    assignment: Assignment
    decision: GovernmentDecision
    programme: Programme
    signatures: list[Signature]
    text: str


def offer_text(assignment: Assignment) -> str:
    """The exact text an actor answers: the decision, its conditions and its amounts."""
    rendered = render_to_string(
        "grants/offer_text.txt",
        {
            "assignment": assignment,
            "decision": assignment.decision,
            "programme": assignment.programme,
            "rule": assignment.programme.definition.budget_rule,
            "tranches": assignment.tranches.select_related("year").order_by("year__year"),
        },
    )
    return rendered + ""  # plain text, which pages escape: what a template has rendered counts as safe markup


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def letter(assignment: Assignment) -> Letter:
    """What the letter of an offer or an assignment says, on screen and on paper."""
    text = offer_text(assignment)
    tranches = list(assignment.tranches.select_related("year").order_by("year__year"))
    return {
        "title": f"{assignment.get_instrument_display().capitalize()} till {assignment.holder.legal_name}",
        "assignment": assignment,
        "decision": assignment.decision,
        "programme": assignment.programme,
        "rule": assignment.programme.definition.budget_rule,
        "tranches": tranches,
        "total": sum((row.ceiling for row in tranches), start=ZERO),
        "text": text,
        "sha256": sha256(text),
        "site": settings.SITE_URL,
    }


def letter_pdf(assignment: Assignment) -> bytes:
    """The letter as PDF; the same bytes for the same words, made at noon of the dispatch."""
    told = letter(assignment)
    day = assignment.decision.dispatched_on
    html = render_to_string("pdf/letter.html", {**told, "draft": day is None})
    made = _noon(day or assignment.decision.decided_on)
    return pdf.render(html, title=told["title"], created=made, rehearsal=clock.in_rehearsal())


def receipt(assignment: Assignment) -> Receipt:
    """The answer as it was given: who signed what, and when."""
    signatures = list(assignment.signatures.standing())
    return {
        "title": f"Kvittens på svar från {assignment.holder.legal_name}",
        "assignment": assignment,
        "decision": assignment.decision,
        "programme": assignment.programme,
        "signatures": signatures,
        "text": signatures[-1].text,
    }


def receipt_pdf(assignment: Assignment) -> bytes:
    """The receipt as PDF, with the exact text that was answered as a file inside it."""
    told = receipt(assignment)
    last = told["signatures"][-1]
    attached = pdf.Attachment("besvarad-text.txt", last.text.encode(), "Den text som besvarades", "Source")
    return pdf.render(
        render_to_string("pdf/receipt.html", told),
        title=told["title"],
        created=last.at,
        attachments=[attached],
        rehearsal=clock.in_rehearsal(),
    )


def grant_letter(tranche: Tranche, earlier: Registration | None = None) -> str:
    """The text of the letter to the recipient of a granted amount; `earlier` is the letter it replaces."""
    context = {
        "tranche": tranche,
        "programme": tranche.programme,
        "decision": tranche.assignment.decision,
        "riksdag": outcome_of(tranche.year) if tranche.year.conditional else None,
        "earlier": earlier,
        "charge": next(iter(tranche.charges.filter(budget_year=clock.today().year)), None),
    }
    return render_to_string("grants/grant_letter.html", context).strip()


def claim_letter(claim: RepaymentClaim) -> str:
    """What a claim asks for, as it stands: its first letter, and again when it is adjusted or deferred."""
    return _told(
        "grants/claim_letter.html", claim, claim=claim, account=claim.pay_to, paid=_paid(claim.tranche)
    )


def _paid(tranche: Tranche) -> PaymentQuerySet:
    """The tranche's payments that stand, in order of day."""
    rows = Payment.objects.filter(requisition__tranche=tranche, status=Status.PAID)
    return rows.order_by("value_date", "pk")


def hearing_letter(recovery: Recovery) -> str:
    """What has been found, what it may cost, and until when the recipient can say its view."""
    return _told("grants/hearing_letter.html", recovery, recovery=recovery, site=settings.SITE_URL)


def recovery_letter(recovery: Recovery) -> str:
    """The decision: what was asked, answered and decided, and why."""
    return _told("grants/recovery_letter.html", recovery, recovery=recovery)


def requisition_receipt(requisition: Requisition) -> str:
    """What was submitted, by whom and when."""
    return _told("grants/requisition_receipt.html", requisition, requisition=requisition)


def _told(template: str, row: RepaymentClaim | Recovery | Requisition, **context: object) -> str:
    decision = row.tranche.assignment.decision
    context |= {"tranche": row.tranche, "programme": row.programme, "decision": decision}
    return render_to_string(template, context).strip()


def registered_pdf(registration: Registration) -> bytes:
    """A text of ours as PDF: the same bytes for the same text, made at noon of its day."""
    context = {"registration": registration, "programme": registration.programme}
    html = render_to_string("pdf/registered.html", context)
    made = _noon(registration.on)
    return pdf.render(html, title=registration.title, created=made, rehearsal=clock.in_rehearsal())


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


PAYMENT_LIST = (
    Column("end_to_end", "Betalning"),
    Column("holder", "Mottagare"),
    Column("org_nr", "Org.nr", value=lambda row: row.org_nr or None),
    Column("account", "Konto"),
    Column("reference", "Meddelande"),
    Column("year", "Avser år", value=lambda row: str(row.payment.tranche.year)),
    Column("amount", "Belopp, kr", "money", total=True),
)


def batch_line(payment: Payment) -> PaymentBatchLine:
    """The payment as its list hands it over; `reference` is what the recipient sees."""
    holder, decision = payment.tranche.holder, payment.tranche.assignment.decision
    return PaymentBatchLine(
        batch=payment.batch,
        payment=payment,
        end_to_end=payment.end_to_end,
        holder=holder.legal_name,
        org_nr=holder.org_nr,
        account=str(payment.account),
        reference=decision.case_number or f"{decision.programme.code} {payment.tranche.year}",
        amount=payment.amount,
    )


def lines_of(batch: PaymentBatch) -> list[PaymentBatchLine]:
    """The list's lines, with the years they are about."""
    return list(batch.lines.select_related("payment__requisition__tranche__year"))


def payment_list_pdf(batch: PaymentBatch) -> bytes:
    """The payment list as PDF; the same bytes for the same batch, made at noon of its day."""
    title = f"Betalningslista {batch.number}"
    html = render_to_string(
        "pdf/payment_list.html",
        {
            "title": title,
            "batch": batch,
            "programme": batch.programme,
            "columns": PAYMENT_LIST,
            "rows": lines_of(batch),
        },
    )
    return pdf.render(html, title=title, created=_noon(batch.created_on), rehearsal=clock.in_rehearsal())
