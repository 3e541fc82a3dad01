"""What the trail tells of claims."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records.happened import Adds, Happened, Lists, ListsByKind

from ..lifecycle.repayment_claim import Status


@dataclass(frozen=True, kw_only=True)
class ClaimAdjusted(Happened):
    verb = "claim.adjusted"
    does = (Adds("claimed", "amount"), Adds("claimed", "before", sign=-1))
    is_of_the_row = True

    before: Decimal
    amount: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClaimClosed(Happened):
    verb = "claim.closed"
    leads_to = Status.CLOSED

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class ClaimCredited(Happened):
    verb = "claim.credited"

    amount: Decimal
    received_on: date
    credited_to: str
    budget_year: int | None
    note: str


@dataclass(frozen=True, kw_only=True)
class ClaimDeferred(Happened):
    verb = "claim.deferred"

    before: date | None
    due: date | None
    legal_basis: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClaimInterestCharged(Happened):
    verb = "claim.interest_charged"
    entry = ("charged", 1)

    amount: Decimal
    legal_basis: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ClaimInterestReceived(Happened):
    verb = "claim.interest_received"
    entry = ("received", 1)

    amount: Decimal
    note: str


@dataclass(frozen=True, kw_only=True)
class ClaimOpened(Happened):
    verb = "claim.opened"
    leads_to = Status.OPEN
    does = (Adds("claimed", "amount"),)
    is_of_the_row = True

    amount: Decimal
    due: date | None


@dataclass(frozen=True, kw_only=True)
class ClaimReceived(Happened):
    verb = "claim.received"
    does = (Lists("receipts"),)
    entry = ("receipt", 1)

    amount: Decimal
    note: str
    legal_basis: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimReopened(Happened):
    verb = "claim.reopened"
    leads_to = Status.OPEN


@dataclass(frozen=True, kw_only=True)
class ClaimReversed(Happened):
    verb = "claim.reversed"
    does = (ListsByKind({"receipt": "receipts", "waiver": "waivers"}, sign=-1),)
    entry = ("", -1)

    kind: str
    amount: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClaimWaived(Happened):
    verb = "claim.waived"
    does = (Lists("waivers"),)
    entry = ("waiver", 1)

    amount: Decimal
    note: str
    legal_basis: str
