"""Rows at a status, walked there by the acts: nothing here sets a status."""

import datetime

from digikoord.lib.clock import standing_at
from grants import documents
from grants.actions import assignments, bank_files, payment_accounts, payments, requisitions, tranches
from grants.actions import bank_details as details
from grants.lifecycle.assignment import Status as AssignmentStatus
from grants.lifecycle.payment import Status as PaymentStatus
from grants.lifecycle.requisition import Status as RequisitionStatus
from grants.lifecycle.tranche import Status as TrancheStatus
from grants.models import Assignment, Payment, PaymentBatch, Requisition, Tranche

from .walk import dispatched

START = datetime.date(2018, 8, 20)
PAYING = datetime.date(2018, 11, 1)
PLACE = "14"


def assignment_at(status, walk=None):
    """(walk, the assignment of one place) with the offer offered, accepted or declined."""
    walk = walk or dispatched()
    row = Assignment.objects.select_related("place__programme", "holder").get(
        place__programme=walk.programme, place__code=PLACE
    )
    answers = {AssignmentStatus.IN_FORCE: assignments.accept, AssignmentStatus.DECLINED: assignments.decline}
    if status in answers:
        text = documents.sha256(documents.offer_text(row))
        with standing_at(START):
            answers[status](row, by=walk.signatory(row.holder), text_sha256=text)
    return walk, Assignment.objects.get(pk=row.pk)


def tranche_at(status, year=2018):
    """(walk, one place's tranche of the year) conditional, open, prepared or granted."""
    walk, assignment = assignment_at(AssignmentStatus.IN_FORCE)
    row = assignment.tranches.get(year__year=year)
    with standing_at(PAYING):
        if status in (TrancheStatus.PREPARED, TrancheStatus.GRANTED):
            tranches.prepare(row, by=walk.official(), amount=row.ceiling)
        if status == TrancheStatus.GRANTED:
            tranches.grant(row, by=walk.decider())
    return walk, Tranche.objects.get(pk=row.pk)


def requisition_at(status):
    """(walk, a requisition of all that was granted) draft, submitted or approved."""
    walk, tranche = tranche_at(TrancheStatus.GRANTED)
    signatory = walk.signatory(tranche.holder)
    with standing_at(PAYING):
        row = requisitions.write(tranche, by=walk.writer(tranche.holder), amount=tranche.amount)
        if status != RequisitionStatus.DRAFT:
            requisitions.submit(row, by=signatory)
        if status == RequisitionStatus.APPROVED:
            requisitions.approve(row, by=walk.official(2))
    return walk, Requisition.objects.get(pk=row.pk)


def requisition_of(walk, code):
    """Another place's requisition, approved."""
    row = Assignment.objects.select_related("place__programme", "holder").get(
        place__programme=walk.programme, place__code=code
    )
    text = documents.sha256(documents.offer_text(row))
    assignments.accept(row, by=walk.signatory(row.holder), text_sha256=text)
    tranche = row.tranches.get(year__year=2018)
    tranches.prepare(tranche, by=walk.official(), amount=tranche.ceiling)
    granted = tranches.grant(Tranche.objects.get(pk=tranche.pk), by=walk.decider())
    asked = requisitions.write(granted, by=walk.signatory(row.holder), amount=granted.amount)
    asked = requisitions.submit(asked, by=walk.signatory(row.holder))
    return requisitions.approve(asked, by=walk.official(2))


def verified_account(walk, actor, number="5052-5781"):
    """The actor's bankgiro, entered by its signatory and verified by a payer."""
    account = payment_accounts.enter(actor, by=walk.signatory(actor), giro="bankgiro", number=number)
    return payment_accounts.verify(
        account, by=walk.payer(2), disburser=walk.programme.disburser, evidence="Bankgirots register"
    )


def bank_details(walk):
    """The authority's own account, entered by one payer and confirmed by another: once."""
    if details.of(walk.programme) is None:
        row = details.enter(
            walk.programme,
            by=walk.payer(2),
            debit_giro="bankgiro",
            debit_number="160-9908",
            bic="ESSESESS",
            org_nr="222000-9993",
        )
        details.confirm(row, by=walk.payer(3))


def handed_out(walk, batch):
    """The list's file is at the bank, which may answer it."""
    bank_files.hand_out(batch, by=walk.payer(2))
    return PaymentBatch.objects.get(pk=batch.pk)


def payment_at(status):
    """(walk, the payment of a requisition) prepared, released, exported (its file handed out) or paid."""
    walk, requisition = requisition_at(RequisitionStatus.APPROVED)
    row = requisition.payments.get()
    reached = [PaymentStatus.PREPARED, PaymentStatus.RELEASED, PaymentStatus.EXPORTED, PaymentStatus.PAID]
    steps = reached[: reached.index(status) + 1]
    with standing_at(PAYING):
        verified_account(walk, requisition.tranche.holder)
        if PaymentStatus.RELEASED in steps:
            payments.release(row, by=walk.payer(2))
        if PaymentStatus.EXPORTED in steps:
            bank_details(walk)
            listed = [Payment.objects.get(pk=row.pk)]
            handed_out(walk, payments.export(walk.programme, by=walk.payer(2), payments=listed))
        if PaymentStatus.PAID in steps:
            fresh = Payment.objects.get(pk=row.pk)
            payments.confirm(fresh, by=walk.payer(3), value_date=PAYING, evidence="Kontoutdrag 1")
    return walk, Payment.objects.get(pk=row.pk)
