"""What the trail tells of payments."""

from dataclasses import dataclass
from decimal import Decimal

from records.happened import Happened, Lists, Named

from ..lifecycle.payment import Status


@dataclass(frozen=True, kw_only=True)
class PaymentAccepted(Happened):
    verb = "payment.accepted"
    leads_to = Status.ACCEPTED


@dataclass(frozen=True, kw_only=True)
class PaymentCancelled(Happened):
    verb = "payment.cancelled"
    leads_to = Status.CANCELLED

    reason: str


@dataclass(frozen=True, kw_only=True)
class PaymentConfirmed(Happened):
    verb = "payment.confirmed"
    leads_to = Status.PAID
    does = (Lists("payments"),)

    amount: Decimal
    evidence: str


@dataclass(frozen=True, kw_only=True)
class PaymentCorrected(Happened):
    verb = "payment.corrected"
    leads_to = Status.PREPARED

    reason: str


@dataclass(frozen=True, kw_only=True)
class PaymentExported(Happened):
    verb = "payment.exported"
    leads_to = Status.EXPORTED

    amount: Decimal
    batch: int


@dataclass(frozen=True, kw_only=True)
class PaymentFailed(Happened):
    verb = "payment.failed"
    leads_to = Status.FAILED

    reason: str


@dataclass(frozen=True, kw_only=True)
class PaymentHeld(Happened):
    verb = "payment.held"
    leads_to = Status.PREPARED

    reason: str


@dataclass(frozen=True, kw_only=True)
class PaymentPrepared(Happened):
    verb = "payment.prepared"
    leads_to = Status.PREPARED
    is_of_the_row = True

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PaymentReleased(Happened):
    verb = "payment.released"
    leads_to = Status.RELEASED

    amount: Decimal
    account: Named


@dataclass(frozen=True, kw_only=True)
class PaymentReturned(Happened):
    verb = "payment.returned"
    leads_to = Status.RETURNED
    does = (Lists("payments", sign=-1),)

    amount: Decimal
    reason: str
    code: str
    evidence: str
