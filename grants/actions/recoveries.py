"""Money taken back after a breach: opened by an official, heard, and decided by another person."""

import datetime
from decimal import Decimal
from typing import cast

from django.db import transaction
from django.utils.html import linebreaks

from actors.models import User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from duties.actions import obligations
from duties.actions.obligations import owe
from records.actions import audit, registrations
from records.models import Direction

from .. import documents, permissions
from ..events.recovery import (
    RecoveryAnswered,
    RecoveryDecided,
    RecoveryOpened,
    RecoverySilenceNoted,
    RecoveryWithdrawn,
)
from ..lifecycle.recovery import LIVE
from ..models import ClaimKind, Recovery, RepaymentClaim, Tranche
from . import claims, corrections

OURS = ("follow_recovery", "decide_recovery")


def is_recoverable(tranche: Tranche) -> Verdict:
    """Whether there is accepted money to take back, and no case about it already."""
    if tranche.recoveries.filter(status__in=LIVE).exists():
        return refused("Ett ärende om återkrav pågår redan för årsbeloppet.")
    return has_used(tranche)


def has_used(tranche: Tranche) -> Verdict:
    if tranche.used:
        return ALLOWED
    return refused("Inget är godtaget som använt. Det finns inget att återkräva.")


@transaction.atomic
def open_(
    tranche: Tranche, *, by: User, breach: str, amount: Decimal, legal_basis: str, answer_due: datetime.date
) -> Recovery:
    """Tell the recipient what has been found and how much (kronor) may be taken back, and ask for its view."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_open_recovery(by, tranche).require()
    is_recoverable(tranche).require()
    if amount > cast("Decimal", tranche.used):
        raise Refused(f"Högst {kr(tranche.used)} är godtaget som använt och kan återkrävas.")
    if answer_due <= clock.today():
        raise Refused("Sista dagen att svara ligger efter idag.")
    row = Recovery(
        tranche=tranche,
        breach=breach,
        amount=Decimal(amount),
        legal_basis=legal_basis,
        answer_due=answer_due,
        opened_by=by,
        opened_on=clock.today(),
    )
    save(row)
    audit.record(
        RecoveryOpened(amount=row.amount, reason=breach, legal_basis=legal_basis, due=answer_due), row, by=by
    )
    owe("answer_recovery", row, due=answer_due)
    owe("follow_recovery", row, due=answer_due)
    _register(
        row,
        by,
        direction=Direction.OUT,
        title=f"Möjlighet att yttra sig om återkrav för {row.year}",
        body=documents.hearing_letter(row),
    )
    return row


def _register(row: Recovery, by: User, *, direction: Direction, title: str, body: str) -> None:
    holder = row.tranche.holder
    registrations.register(row, by=by, direction=direction, party=holder, title=title, body=body)


@transaction.atomic
def answer(recovery: Recovery, *, by: User, text: str) -> Recovery:
    """The recipient's view. A late answer is taken as long as nothing is decided."""
    row = Recovery.objects.locked(recovery)
    permissions.can_answer_recovery(by, row).require()
    lifecycle.advance(row, "answer")
    row.answer, row.answered_by, row.answered_on = text, by, clock.today()
    save(row)
    audit.record(RecoveryAnswered(late=clock.today() > row.act_by), row, by=by)
    _heard(row)
    title = f"Yttrande om återkrav för {row.year} från {row.tranche.holder.legal_name}"
    _register(row, by, direction=Direction.IN, title=title, body=linebreaks(text, autoescape=True))
    return row


@transaction.atomic
def note_silence(recovery: Recovery, *, by: User) -> Recovery:
    """Note that the day has passed without an answer; the case can then be decided."""
    row = Recovery.objects.locked(recovery)
    permissions.can_handle_recovery(by, row).require()
    has_passed(row).require()
    lifecycle.advance(row, "note_silence")
    save(row)
    audit.record(RecoverySilenceNoted(due=row.answer_due), row, by=by)
    _heard(row)
    return row


def has_passed(recovery: Recovery) -> Verdict:
    """Silence is silence only after the last day to answer."""
    if clock.today() > recovery.act_by:
        return ALLOWED
    return refused(f"Aktören kan svara till och med {recovery.act_by}.")


def _heard(row: Recovery) -> None:
    obligations.close("answer_recovery", row)
    obligations.close("follow_recovery", row)
    owe("decide_recovery", row)


@transaction.atomic
def decide(
    recovery: Recovery, *, by: User, amount: Decimal, reasons: str, due: datetime.date | None = None
) -> Recovery:
    """Take back all, part or nothing (kronor). What is taken back no longer counts as used, and is claimed
    with `due` as its last day.
    """
    row = Recovery.objects.locked(recovery)
    permissions.can_decide_recovery(by, row).require()
    lifecycle.advance(row, "decide")
    amount = Decimal(amount)
    if amount > row.amount:
        raise Refused(f"Aktören har fått yttra sig över {kr(row.amount)}. Beslutet kan inte avse mer.")
    if amount and (due is None or due <= clock.today()):
        raise Refused("Ange en sista betalningsdag efter idag.")
    row.decided_amount, row.reasons, row.decided_by, row.decided_on = amount, reasons, by, clock.today()
    save(row)
    audit.record(RecoveryDecided(amount=amount, asked=row.amount, reason=reasons), row, by=by)
    if amount:
        row.claim = _claim(row, by, amount, cast("datetime.date", due))
        save(row)
    obligations.close("decide_recovery", row)
    _register(
        row,
        by,
        direction=Direction.OUT,
        title=f"Beslut om återkrav för {row.year}",
        body=documents.recovery_letter(row),
    )
    return row


def _claim(row: Recovery, by: User, amount: Decimal, due: datetime.date) -> RepaymentClaim:
    tranche = Tranche.objects.locked(row.tranche)
    corrections.unsettle(tranche, by=by)
    corrections.change_used(tranche, by=by, by_amount=-amount, name="Återkrav", reason=row.reasons)
    return claims.open_(tranche, by=by, amount=amount, due=due, kind=ClaimKind.RECOVERY)


@transaction.atomic
def withdraw(recovery: Recovery, *, by: User, reason: str) -> Recovery:
    """End the case without a decision on the money."""
    row = Recovery.objects.locked(recovery)
    permissions.can_withdraw_recovery(by, row).require()
    lifecycle.advance(row, "withdraw")
    row.reasons = reason
    save(row)
    audit.record(RecoveryWithdrawn(reason=reason), row, by=by)
    for kind in ("answer_recovery", *OURS):
        obligations.void(kind, row, "Ärendet är avskrivet.")
    return row
