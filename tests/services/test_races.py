"""Fifty people at once on the same row: one succeeds, forty-nine are told why, and one row is in the trail."""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants import documents
from grants.actions import assignments, coordinators, payments, requisitions, tranches
from grants.lifecycle.assignment import Status as AssignmentStatus
from grants.lifecycle.payment import Status as PaymentStatus
from grants.lifecycle.requisition import Status as RequisitionStatus
from grants.lifecycle.tranche import Status as TrancheStatus
from grants.models import Assignment, Payment, Requisition, Tranche
from records.models import Event
from tests.factories import at

DAY = at.PAYING


def one_success(outcomes, verb):
    """One act done, the rest refused in words, one row in the trail."""
    refusals = [row for row in outcomes if isinstance(row, Exception)]
    assert len(outcomes) - len(refusals) == 1
    assert all(isinstance(row, Refused | ValidationError) for row in refusals), refusals
    assert not any(isinstance(row, IntegrityError) for row in refusals)
    assert Event.objects.filter(verb=verb).count() == 1


def on_the_day(act):
    def go(number):
        with standing_at(DAY):
            return act(number)

    return go


def test_accepts_of_one_offer(race):
    walk, row = at.assignment_at(AssignmentStatus.OFFERED)
    sha = documents.sha256(documents.offer_text(row))
    signatory = walk.signatory(row.holder)
    outcomes = race(
        on_the_day(
            lambda _: assignments.accept(Assignment.objects.get(pk=row.pk), by=signatory, text_sha256=sha)
        )
    )
    one_success(outcomes, "assignment.accepted")


def test_grants_of_one_tranche(race):
    walk, row = at.tranche_at(TrancheStatus.PREPARED)
    decider = walk.decider()
    outcomes = race(on_the_day(lambda _: tranches.grant(Tranche.objects.get(pk=row.pk), by=decider)))
    one_success(outcomes, "tranche.granted")


def test_approvals_of_one_requisition(race):
    walk, row = at.requisition_at(RequisitionStatus.SUBMITTED)
    official = walk.official(2)
    outcomes = race(
        on_the_day(lambda _: requisitions.approve(Requisition.objects.get(pk=row.pk), by=official))
    )
    one_success(outcomes, "requisition.approved")
    assert Payment.objects.count() == 1


def test_confirmations_of_one_payment(race):
    walk, row = at.payment_at(PaymentStatus.EXPORTED)
    payer = walk.payer(3)
    outcomes = race(
        on_the_day(
            lambda _: payments.confirm(
                Payment.objects.get(pk=row.pk), by=payer, value_date=DAY, evidence="Kontoutdrag"
            )
        )
    )
    one_success(outcomes, "payment.confirmed")


def test_requisitions_of_one_tranche_never_pass_what_was_granted(race):
    walk, row = at.tranche_at(TrancheStatus.GRANTED)
    signatory = walk.signatory(row.holder)

    def ask(_):
        written = requisitions.write(Tranche.objects.get(pk=row.pk), by=signatory, amount=row.amount)
        return requisitions.submit(written, by=signatory)

    outcomes = race(on_the_day(ask))
    one_success(outcomes, "requisition.submitted")


def test_overlapping_appointments_leave_one(race):
    walk, row = at.assignment_at(AssignmentStatus.IN_FORCE)
    signatory = walk.signatory(row.holder)

    def appoint(number):
        return coordinators.appoint(
            Assignment.objects.get(pk=row.pk),
            by=signatory,
            name=f"Person {number}",
            email=f"person{number}@aktor.example",
            starts=DAY + datetime.timedelta(days=number % 5),
            ends=DAY + datetime.timedelta(days=30),
        )

    outcomes = race(on_the_day(appoint))
    one_success(outcomes, "coordinator.appointed")
    assert row.coordinators.count() == 1
