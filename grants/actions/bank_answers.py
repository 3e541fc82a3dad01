"""The bank's answer to a payment file (pain.002): all of it is taken in, or nothing."""

from django.db import transaction

from actors.actions import audit, obligations
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused

from .. import permissions
from ..bank import pain002
from ..lifecycle.payment import Status
from ..models import BankFileLine, FileKind, Outcome, Payment, Programme
from . import bank_files, payments

# What the bank may say of a payment that stands so here; anything else is refused
FITTING = {
    Outcome.ACCEPTED: {Status.EXPORTED: "accept", Status.ACCEPTED: None, Status.PAID: None},
    Outcome.PAID: {Status.EXPORTED: "confirm", Status.ACCEPTED: "confirm", Status.PAID: None},
    Outcome.FAILED: {Status.EXPORTED: "fail", Status.ACCEPTED: "fail", Status.FAILED: None},
}


@transaction.atomic
def take_in(batch, *, by, name, content):
    """Take in an answer to this batch's file: payments become accepted, paid or failed. Returns the BankFile."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=batch.programme_id)
    permissions.can_take_in_answer(by, batch).require()
    report = pain002.read(content)
    _require_ours(report, batch)
    lines = {row.end_to_end: row for row in batch.lines.select_related("payment")}
    answers = _told(report, lines)
    file = bank_files.keep(
        programme,
        by=by,
        kind=FileKind.ANSWER,
        message_id=report.message_id,
        name=name,
        content=content,
        batch=batch,
    )
    in_order = payments.in_order([lines[answer.end_to_end].payment for answer in answers])
    by_payment = {lines[answer.end_to_end].payment_id: answer for answer in answers}
    for payment in in_order:
        _apply(by_payment[payment.pk], payment, file, by)
    facts = {"batch": batch.number, "counts": _counts(file), "sha256": file.sha256}
    audit.record("bank_file.answer_taken_in", file, by=by, **facts)
    return file


def _require_ours(report, batch):
    """Refuse what answers another file than this batch's, or was changed on its way."""
    if report.original_id != batch.message_id:
        raise Refused(
            f"Filen svarar på {report.original_id}, inte på den här betalningslistan "
            f"({batch.message_id or 'som inte har någon betalningsfil'})."
        )
    for found in report.payment_ids:
        if found != batch.message_id:
            raise Refused(f"Filen svarar på betalningsblocket {found}, som inte finns i den här listan.")
    count, total = batch.lines.count(), sum(row.amount for row in batch.lines.all())
    for found in report.counts:
        if found != count:
            raise Refused(f"Filen svarar på {found} betalningar; listan har {count}. Filen kan vara ändrad.")
    for found in report.totals:
        if found != total:
            raise Refused(f"Filen svarar på {kr(found)}; listan är på {kr(total)}. Filen kan vara ändrad.")


def _told(report, lines):
    """An answer for each payment the report speaks of: its own, or the one that speaks for all."""
    for answer in report.answers:
        line = lines.get(answer.end_to_end)
        if line is None:
            raise Refused(f"Betalning {answer.end_to_end} finns inte i den här betalningslistan.")
        _require_same(answer, line)
        _require_agreement(report.wholes, answer.status, answer.end_to_end)
    answers = {row.end_to_end: row for row in report.answers}
    for status, reason in report.wholes[:1]:
        _require_agreement(report.wholes, status, "betalningsblocket")
        for end_to_end in lines:
            answers.setdefault(end_to_end, pain002.Answer(end_to_end, status, reason))
    if not answers:
        raise Refused("Filen säger inget om någon betalning.")
    return list(answers.values())


def _require_same(answer, line):
    if answer.currency and answer.currency != "SEK":
        raise Refused(f"Banken svarar om {answer.end_to_end} i {answer.currency}. Listan är i kronor.")
    if answer.amount is not None and answer.amount != line.amount:
        raise Refused(
            f"Banken svarar om {answer.end_to_end} med {kr(answer.amount)}; "
            f"listan har {kr(line.amount)}. Filen kan vara ändrad."
        )
    digits = "".join(filter(str.isdecimal, line.account))
    if answer.account and "".join(filter(str.isdecimal, answer.account)) != digits:
        raise Refused(f"Banken svarar om {answer.end_to_end} med ett annat konto. Filen kan vara ändrad.")


def _require_agreement(wholes, status, what):
    """All refused, or all settled, is not true when one of them is otherwise."""
    for whole, _reason in wholes:
        if pain002.MEANINGS[whole] not in ("accepted", pain002.MEANINGS[status]):
            raise Refused(
                f"Filen säger emot sig själv: hela listan har status {whole}, men {what} har {status}."
            )


def _apply(answer, payment, file, by):
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
            code=answer.status,
            amount=row.amount,
            on=answer.on,
            outcome=outcome if move else Outcome.UNCHANGED,
            reason=answer.reason,
            payment=row,
        )
    )


def _accept(row, answer, file, by):
    payments.accept(row, by=by)


def _fail(row, answer, file, by):
    payments.fail(row, by=by, reason=answer.reason or f"Banken avvisade betalningen ({answer.status}).")


def _settle(row, answer, file, by):
    """Settled at the bank: the bank is the second pair of eyes, its file the evidence."""
    lifecycle.advance(row, "confirm")
    first, last = row.batch.created_on, clock.today()
    if answer.on and not first <= answer.on <= last:
        raise Refused(
            f"Banken anger {answer.on} som betalningsdag för {row.end_to_end}. Listan är från {first}, och idag är {last}."
        )
    row.settled_in = file
    row.value_date = answer.on or min(row.batch.execute_on or last, last)
    row.evidence = f"Bankens svar {file.message_id}"[:200]
    save(row)
    audit.record("payment.confirmed", row, by=by, on=row.value_date, amount=row.amount, evidence=row.evidence)
    obligations.close("confirm_payment", row)


MOVES = {"accept": _accept, "confirm": _settle, "fail": _fail}


def _counts(file):
    told = [row.get_outcome_display().lower() for row in file.lines.all()]
    return ", ".join(f"{what} {told.count(what)}" for what in dict.fromkeys(told))
