"""The bank's answer to a payment file (pain.002): all of it is taken in, or nothing."""

from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..bank import pain002
from ..lifecycle.payment import Status
from ..models import BankFile, BankFileLine, FileKind, Outcome, Payment, PaymentBatch
from . import bank_answer_checks, bank_files, charges, payment_returns, payments
from .bank_returns import CAME_BACK

# What the bank may say of a payment that stands so here; anything else is refused
FITTING: dict[Outcome, dict[str, str | None]] = {
    Outcome.ACCEPTED: {Status.EXPORTED: "accept", Status.ACCEPTED: None, Status.PAID: None},
    Outcome.PAID: {Status.EXPORTED: "confirm", Status.ACCEPTED: "confirm", Status.PAID: None},
    # What was paid and is refused afterwards has come back; what has come back ("returned") is no news.
    Outcome.FAILED: {
        Status.EXPORTED: "fail",
        Status.ACCEPTED: "fail",
        Status.PAID: "bring_back",
        Status.FAILED: None,
        CAME_BACK: None,
    },
}


@transaction.atomic
def take_in(batch: PaymentBatch, *, by: User, name: str, content: bytes) -> BankFile:
    """Take in an answer to this batch's file: payments become accepted, paid or failed. Returns the BankFile."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=batch.programme_id)
    permissions.can_take_in_answer(by, batch).require()
    report = pain002.read(content)
    bank_answer_checks.require_ours(report, batch)
    lines = {row.end_to_end: row for row in batch.lines.select_related("payment")}
    answers = bank_answer_checks.told(report, lines)
    file = bank_files.keep(
        programme,
        by=by,
        kind=FileKind.ANSWER,
        message_id=report.message_id,
        name=name,
        content=content,
        batch=batch,
        bank=report.bank,
    )
    in_order = payments.in_order([lines[answer.end_to_end].payment for answer in answers])
    by_payment = {lines[answer.end_to_end].payment_id: answer for answer in answers}
    for payment in in_order:
        _apply(by_payment[payment.pk], payment, file, by)
    audit.record(
        "bank_file.answer_taken_in", file, by=by, batch=batch.number, counts=_counts(file), sha256=file.sha256
    )
    return file


def _apply(answer: pain002.Answer, payment: Payment, file: BankFile, by: User) -> None:
    row = Payment.objects.locked(payment)
    permissions.can_pay(by, row).require()
    outcome = Outcome(answer.meaning)
    if row.end_to_end != answer.end_to_end:
        if outcome != Outcome.FAILED:
            raise Refused(
                f"Betalning {answer.end_to_end} är registrerad som misslyckad och har gjorts om som "
                f"{row.end_to_end}. Nu säger banken ”{outcome.label.lower()}”. Håll inne den nya och fråga banken."
            )
        move = None
    else:
        fitting = FITTING[outcome]
        if row.status not in fitting:
            raise Refused(
                f"Betalning {row.end_to_end} är {row.get_status_display().lower()} här, men banken säger "
                f"”{outcome.label.lower()}”. Fråga banken innan något ändras."
            )
        move = fitting[row.status]
    if move:
        MOVES[move](row, answer, file, by)
    save(
        BankFileLine(
            programme=file.programme,
            file=file,
            reference=answer.end_to_end,
            code=answer.status[:10],
            amount=row.amount,
            on=answer.on,
            outcome=OUTCOMES.get(move, outcome) if move else Outcome.UNCHANGED,
            reason=answer.reason,
            payment=row,
        )
    )


def _accept(row: Payment, answer: pain002.Answer, file: BankFile, by: User) -> None:
    payments.accept(row, by=by)


def _fail(row: Payment, answer: pain002.Answer, file: BankFile, by: User) -> None:
    payments.fail(row, by=by, reason=_why(answer), code=answer.code)


def _bring_back(row: Payment, answer: pain002.Answer, file: BankFile, by: User) -> None:
    """Settled, and refused afterwards: the money has come back."""
    on = answer.on or clock.today()
    payment_returns.bring_back(row, by=by, on=on, reason=_why(answer), code=answer.code, file=file)


def _why(answer: pain002.Answer) -> str:
    return answer.reason or f"Banken avvisade betalningen ({answer.status})."


def _settle(row: Payment, answer: pain002.Answer, file: BankFile, by: User) -> None:
    """Settled at the bank: the bank is the second pair of eyes, its file the evidence."""
    lifecycle.advance(row, "confirm")
    batch = cast("PaymentBatch", row.batch)
    first, last = batch.created_on, clock.today()
    if answer.on and not first <= answer.on <= last:
        raise Refused(
            f"Banken anger {answer.on} som betalningsdag för {row.end_to_end}. Listan är från {first}, och idag är {last}."
        )
    row.settled_in = file
    row.value_date = answer.on or min(batch.execute_on or last, last)
    row.evidence = f"Bankens svar {file.message_id}"[:200]
    save(row)
    audit.record("payment.confirmed", row, by=by, on=row.value_date, amount=row.amount, evidence=row.evidence)
    obligations.close("confirm_payment", row)
    charges.look(row.tranche)


MOVES = {"accept": _accept, "confirm": _settle, "fail": _fail, "bring_back": _bring_back}
OUTCOMES = {"bring_back": Outcome.RETURNED}


def _counts(file: BankFile) -> str:
    told = [row.get_outcome_display().lower() for row in file.lines.all()]
    return ", ".join(f"{what} {told.count(what)}" for what in dict.fromkeys(told))
