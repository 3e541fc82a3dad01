"""What people do once the year is over: report, review, accept, repay."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from grants.actions import settlements, tranches
from reporting.actions import accounts, report_drafts, report_reviews, reports

from . import reports as contents

if TYPE_CHECKING:
    from .cast import Cast


def report(cast: Cast, code: str, year: int, unused: int = 0) -> None:
    """File the year's report, or file it again after a return; `unused` kronor of the grant are left."""
    tranche = cast.tranche(code, year)
    paid = tranches.balance(tranche).paid
    writer, signatory = cast.writer(tranche.holder), cast.signatory(tranche.holder)
    started = report_drafts.start(tranche, by=writer)
    content = contents.written(tranche, used=paid - Decimal(unused))
    contents.fill_in(started, by=writer, content=content)
    reports.submit(started, by=signatory, certified=True)


def send_back(
    cast: Cast, code: str, *, year: int, reason: str, due: datetime.date, wanted: dict[str, str] | None = None
) -> None:
    reviewer, _ = cast.reviewers(cast.tranche(code, year).place)
    report = cast.report(code, year)
    for key, text in (wanted or {}).items():
        report_reviews.comment(report, by=reviewer, key=key, text=text)
    reports.return_(report, by=reviewer, reason=reason, due=due, wanted=wanted)


def review(cast: Cast, code: str, year: int) -> None:
    reviewer, _ = cast.reviewers(cast.tranche(code, year).place)
    report = cast.report(code, year)
    report_reviews.check(report, by=reviewer, done=[row.code for row in cast.checks])
    reports.review(report, by=reviewer)


def approve_report(cast: Cast, code: str, year: int) -> None:
    _, approver = cast.reviewers(cast.tranche(code, year).place)
    reports.approve(cast.report(code, year), by=approver)


def accept_account(cast: Cast, code: str, year: int) -> None:
    accounts.accept(cast.report(code, year), by=cast.payer(), differing={})


def repay(cast: Cast, code: str, year: int) -> None:
    claim = cast.tranche(code, year).claims.get()
    settlements.receive(
        claim,
        by=cast.payer(),
        amount=claim.outstanding,
        on=claim.opened_on,
        note="Inbetalt på bankgiro (övning)",
    )
