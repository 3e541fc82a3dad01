"""From an approved requisition to money at the bank: prepared, released, exported, confirmed."""

import datetime
from collections.abc import Iterable
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.money import ZERO
from digikoord.lib.short_names import short
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.actions.obligations import owe
from programmes.models import Programme
from records.actions import audit

from .. import books, documents, permissions
from ..events.payment import (
    PaymentAccepted,
    PaymentCancelled,
    PaymentConfirmed,
    PaymentCorrected,
    PaymentExported,
    PaymentFailed,
    PaymentHeld,
    PaymentPrepared,
    PaymentReleased,
)
from ..events.payment_batch import BatchCreated
from ..four_eyes import Step
from ..lifecycle.payment import Status
from ..models import Payment, PaymentAccount, PaymentBatch, PaymentBatchLine, Requisition
from ..models.budget_decision import awaits_condition, not_appropriated
from . import account_stops, bank_details, bank_files, chain, charges, missing_people


@locks.part_of_act
def prepare(requisition: Requisition, *, by: User) -> Payment:
    """Prepare the payment of a requisition that has just been approved."""
    row = Payment(
        requisition=requisition,
        amount=requisition.amount,
        end_to_end=_identity(requisition),
        prepared_by=by,
        prepared_on=clock.today(),
    )
    save(row)
    chain.take(
        row,
        (Step.SUBMITTED, requisition.submitted_by_id),
        (Step.APPROVED, requisition.approved_by_id),
        (Step.PREPARED, by.pk),
    )
    audit.record(PaymentPrepared(amount=row.amount), row, by=by)
    owe("release_payment", row)
    if row.live_account is None:
        owe("enter_account", row)
    missing_people.look(row)
    charges.look(row.tranche)
    return row


def _identity(requisition: Requisition) -> str:
    """A new identity at the bank for each attempt, so that no attempt is taken for another.

    `RDK-2018-2019-01-1-2`: the programme, the year, the place, its first requisition that year, the second attempt.
    Made of what the rows mean and not of their keys, it is the same in every database where the same was done.
    """
    tranche = requisition.tranche
    ordinal = tranche.requisitions.filter(pk__lte=requisition.pk).count()
    handed_over = PaymentBatchLine.objects.filter(payment__requisition=requisition).count()
    given_up = requisition.payments.filter(status=Status.CANCELLED).count()
    where = f"{tranche.programme.bank_code}-{tranche.year}-{short(tranche.place.code, 8)}"
    return f"{where}-{ordinal}-{handed_over + given_up + 1}"


@transaction.atomic
def release(payment: Payment, *, by: User) -> Payment:
    """Release the payment to the recipient's verified account."""
    row = Payment.objects.locked(payment)
    permissions.can_release_now(by, row).require()
    lifecycle.advance(row, "release")
    _require_appropriated(row)
    account = row.live_account
    row.account, row.released_by, row.released_on = account, by, clock.today()
    save(row)
    chain.take_account(row, cast("PaymentAccount", account))
    chain.take(row, (Step.RELEASED, by.pk))
    audit.record(PaymentReleased(amount=row.amount, account=cast("PaymentAccount", account)), row, by=by)
    obligations.close("release_payment", row)
    owe("export_payment", row)
    missing_people.look(row)
    return row


@transaction.atomic
def release_many(payments: Iterable[Payment], *, by: User) -> list[Payment]:
    """Release all or none."""
    return [release(row, by=by) for row in in_order(payments)]


@transaction.atomic
def hold(payment: Payment, *, by: User, reason: str) -> Payment:
    """Stop a released payment before it is exported."""
    row = Payment.objects.locked(payment)
    permissions.can_pay(by, row).require()
    return put_on_hold(row, by=by, reason=reason)


@locks.part_of_act
def put_on_hold(row: Payment, *, by: User, reason: str) -> Payment:
    """Hold a locked payment, as a consequence of an act already permitted."""
    lifecycle.advance(row, "hold")
    row.account = row.released_by = row.released_on = None
    save(row)
    audit.record(PaymentHeld(reason=reason), row, by=by)
    obligations.void("export_payment", row, reason)
    owe("release_payment", row)
    missing_people.look(row)
    return row


@transaction.atomic
def export(programme: Programme, *, by: User, payments: Iterable[Payment]) -> PaymentBatch:
    """Put released payments on one numbered payment list, and make its file for the bank.

    Nothing is written while the books do not balance, nor before another person has confirmed whose money it is.
    """
    permissions.can_pay(by, programme).require()
    _are_released(payments)
    bank_details.is_known(programme).require()
    books.balance(programme).require()  # before any row is locked: it waits for those who are writing
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    bank_details.is_known(programme).require()
    rows = [Payment.objects.locked(row) for row in in_order(payments)]
    for row in rows:
        permissions.can_export(by, row).require()
    permissions.has_somebody_to_answer(rows).require()
    batch = PaymentBatch.objects.create(
        programme=programme,
        number=programme.batches.count() + 1,
        created_by=by,
        created_on=clock.today(),
    )
    for row in rows:
        _put_on(batch, row, by)
    bank_files.make(batch, rows)
    amount = sum((row.amount for row in rows), start=ZERO)
    audit.record(BatchCreated(amount=amount, count=len(rows), sha256=batch.sha256), batch, by=by)
    owe("hand_over_file", batch)
    return batch


def _are_released(payments: Iterable[Payment]) -> None:
    """What is plain is refused before the books are read; under lock it is asked again."""
    rows = Payment.objects.filter(pk__in=[row.pk for row in payments])
    if not rows:
        raise Refused("Välj minst en utanordnad betalning.")
    for row in rows:
        lifecycle.can(row, "export").require()


def _put_on(batch: PaymentBatch, row: Payment, by: User) -> None:
    lifecycle.advance(row, "export")
    _require_appropriated(row)
    row.batch = batch
    save(row)
    chain.take_account(row, cast("PaymentAccount", row.account))
    documents.batch_line(row).save()
    audit.record(PaymentExported(amount=row.amount, batch=batch.number), row, by=by)
    obligations.close("export_payment", row)
    owe("confirm_payment", row)
    missing_people.look(row)


def _require_appropriated(row: Payment) -> None:
    """No money leaves before the Riksdag has given it, nor after it has said no."""
    if awaits_condition(row.year):
        raise Refused(not_appropriated(row.year))


@transaction.atomic
def accept(payment: Payment, *, by: User) -> Payment:
    """The bank has received it; it is not yet paid."""
    row = Payment.objects.locked(payment)
    permissions.can_tell(by, row).require()
    lifecycle.advance(row, "accept")
    save(row)
    audit.record(PaymentAccepted(), row, by=by)
    return row


@transaction.atomic
def confirm(payment: Payment, *, by: User, value_date: datetime.date, evidence: str) -> Payment:
    """Confirm by hand that it is paid, on its value date, with the evidence for it."""
    row = Payment.objects.locked(payment)
    permissions.can_confirm_payment(by, row).require()
    lifecycle.advance(row, "confirm")
    listed_on = cast("PaymentBatch", row.batch).created_on
    if not listed_on <= value_date <= clock.today():
        raise Refused(f"Valutadagen ligger mellan betalningslistans dag {listed_on} och idag.")
    row.confirmed_by, row.value_date, row.evidence = by, value_date, evidence
    save(row)
    audit.record(PaymentConfirmed(amount=row.amount, evidence=evidence), row, by=by, on=value_date)
    obligations.close("confirm_payment", row)
    missing_people.look(row)
    charges.look(row.tranche)
    return row


@transaction.atomic
def confirm_many(
    payments: Iterable[Payment], *, by: User, value_date: datetime.date, evidence: str
) -> list[Payment]:
    """Confirm all or none, with one value date and one piece of evidence."""
    return [confirm(row, by=by, value_date=value_date, evidence=evidence) for row in in_order(payments)]


@transaction.atomic
def fail(payment: Payment, *, by: User, reason: str, code: str = "") -> Payment:
    """The bank could not carry it out. `code` is the bank's reason code, where it gives one: some stop the account."""
    row = Payment.objects.locked(payment)
    permissions.can_tell(by, row).require()
    lifecycle.advance(row, "fail")
    row.failed_reason = reason
    save(row)
    audit.record(PaymentFailed(reason=reason), row, by=by)
    obligations.void("confirm_payment", row, reason)
    account_stops.stop_if_told(row, by=by, code=code or account_stops.code_in(reason), cause=reason)
    owe("correct_payment", row, barred=chain.barred(row, Step.CORRECTED))
    missing_people.look(row)
    return row


@transaction.atomic
def correct(payment: Payment, *, by: User, reason: str) -> Payment:
    """Prepare a payment that failed or came back again, to be released anew by another person."""
    row = Payment.objects.locked(payment)
    permissions.can_correct_now(by, row).require()
    lifecycle.advance(row, "correct")
    row.prepared_by, row.prepared_on = by, clock.today()
    row.account = row.released_by = row.released_on = row.batch = None
    row.value_date = row.confirmed_by = row.settled_in = None
    row.evidence = ""
    row.end_to_end = _identity(row.requisition)
    save(row)
    chain.take(row, (Step.CORRECTED, by.pk))
    audit.record(PaymentCorrected(reason=reason), row, by=by)
    for kind in ("correct_payment", "handle_return"):
        obligations.close(kind, row)
    owe("release_payment", row, barred=chain.barred(row, Step.RELEASED))
    missing_people.look(row)
    return row


@transaction.atomic
def cancel(payment: Payment, *, by: User, reason: str) -> Payment:
    """Cancel what has not left, what failed, or what came back."""
    row = Payment.objects.locked(payment)
    permissions.can_cancel_payment(by, row).require()
    lifecycle.advance(row, "cancel")
    save(row)
    audit.record(PaymentCancelled(reason=reason), row, by=by)
    for kind in ("release_payment", "correct_payment", "handle_return", "enter_account"):
        obligations.void(kind, row, reason)
    missing_people.look(row)
    charges.look(row.tranche)
    return row


def in_order(payments: Iterable[Payment]) -> list[Payment]:
    """Each once, by year, place and key, so that mass acts lock in one order."""
    return sorted(set(payments), key=lambda row: (row.tranche.year_id, row.tranche.place_id, row.pk))
