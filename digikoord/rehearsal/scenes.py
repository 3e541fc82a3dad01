"""What the people of the rehearsal do on a day, up to the payments. Each scene is a call of the same acts as everyone's."""

from __future__ import annotations

import datetime
import typing
import zlib
from typing import TYPE_CHECKING

from grants import documents
from grants.actions import (
    assignments,
    budget_decisions,
    coordinators,
    decisions,
    payment_accounts,
    requisitions,
    successions,
    tranches,
)
from grants.models import PaymentAccount, Requisition

from . import giro

if TYPE_CHECKING:
    from decimal import Decimal

    from .cast import Cast


class Citation(typing.TypedDict):
    """How a decision of the Riksdag is cited."""

    kind: str
    outcome: str
    proposition: str
    expenditure_area: str
    committee_report: str
    riksdag_letter: str
    decided_on: datetime.date


def dispatch(cast: Cast) -> None:
    for decision in cast.programme.decisions.filter(status="draft"):
        decisions.dispatch(decision, by=cast.decider())


def answer_days(cast: Cast, day: datetime.date) -> None:
    """The real last day to answer is not known; the rehearsal's is made up."""
    for code in offered(cast):
        assignments.set_answer_day(cast.assignment(code), by=cast.official(), answer_due=day)


def offered(cast: Cast) -> list[str]:
    rows = cast.programme.places.filter(assignments__status="offered")
    return list(rows.order_by("code").values_list("code", flat=True))


def accept(cast: Cast, code: str) -> None:
    row = cast.assignment(code)
    sha = documents.sha256(documents.offer_text(row))
    assignments.accept(row, by=cast.signatory(row.holder), text_sha256=sha)


def decline(cast: Cast, code: str, reason: str) -> None:
    row = cast.assignment(code)
    sha = documents.sha256(documents.offer_text(row))
    assignments.decline(row, by=cast.signatory(row.holder), text_sha256=sha, reason=reason)


def reopen(cast: Cast, code: str, answer_due: datetime.date, reason: str) -> None:
    place = cast.programme.places.get(code=code)
    row = place.assignments.get(status="declined")
    assignments.reopen(row, by=cast.decider(), answer_due=answer_due, reason=reason)


def appoint(cast: Cast, code: str, name: str, starts: datetime.date | None = None) -> None:
    row = cast.assignment(code)
    writer = cast.writer(row.holder)
    local = name.lower().translate(str.maketrans("åäöé ", "aaoe."))
    coordinators.appoint(
        row,
        by=cast.signatory(row.holder),
        name=name,
        email=writer.email if writer.name == name else f"{local}@{row.holder.code}.example",
        starts=starts or max(row.starts, datetime.date(2018, 8, 1)),
        share=50 if int(code) % 3 else 100,
    )


def resign(cast: Cast, code: str, ends: datetime.date) -> None:
    row = cast.assignment(code)
    serving = row.coordinators.get(ends__isnull=True)
    coordinators.end(serving, by=cast.signatory(row.holder), ends=ends)


def enter_account(cast: Cast, code: str, spare: int = 0) -> None:
    holder = cast.assignment(code).holder
    number = giro.bankgiro(zlib.crc32(holder.code.encode()) % 10_000 * 10 + spare)
    payment_accounts.enter(holder, by=cast.signatory(holder), giro="bankgiro", number=number)


def verify_accounts(cast: Cast) -> None:
    held = PaymentAccount.objects.filter(
        actor__assignments__place__programme=cast.programme, status="unverified"
    )
    for row in held.distinct():
        payment_accounts.verify(
            row,
            by=cast.payer(),
            disburser=cast.programme.disburser,
            evidence="Kontrollerad i Bankgirots register (övning).",
        )


def prepare_all(cast: Cast, year: int) -> None:
    rows = cast.tranches(year, status="open", assignment__status="in_force")
    tranches.prepare_many(rows, by=cast.official())


def grant_all(cast: Cast, year: int) -> None:
    tranches.grant_many(cast.tranches(year, status="prepared"), by=cast.decider())


def requisition(cast: Cast, code: str, year: int) -> None:
    row = cast.tranche(code, year)
    written = requisitions.write(row, by=cast.writer(row.holder), amount=typing.cast("Decimal", row.amount))
    requisitions.submit(written, by=cast.signatory(row.holder))


def approve_all(cast: Cast) -> None:
    rows = Requisition.objects.filter(
        tranche__place__programme=cast.programme, status="submitted"
    ).select_related("tranche")
    requisitions.approve_many(rows, by=cast.official())


def budget(cast: Cast, year: int, **citation: typing.Unpack[Citation]) -> None:
    budget_decisions.register(cast.year(year), by=cast.official(), **citation)


def confirm_budget(cast: Cast, year: int) -> None:
    waiting = cast.year(year).budget_decisions.get(status="registered")
    budget_decisions.confirm(waiting, by=cast.decider())


def succeed(cast: Cast, decided_on: datetime.date, answer_due: datetime.date) -> None:
    planned = [row.succession for row in successions.plans(cast.programme)]
    successions.register_many(
        cast.programme,
        by=cast.decider(),
        successions=planned,
        decided_on=decided_on,
        answer_due=answer_due,
    )
