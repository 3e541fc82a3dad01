"""What the trail tells of tranches."""

from dataclasses import dataclass
from decimal import Decimal

from actors import steps
from records.happened import Clears, Happened, Named, Sets

from ..lifecycle.tranche import Status


@dataclass(frozen=True, kw_only=True)
class TrancheAccountAccepted(Happened):
    verb = "tranche.account_accepted"
    tells_whose = True
    does = (Sets("used", "used"),)

    used: Decimal
    paid: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class TrancheAccountTakenBack(Happened):
    verb = "tranche.account_taken_back"
    tells_whose = True
    does = (Clears("used"),)

    before: Decimal | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class TrancheCancelled(Happened):
    verb = "tranche.cancelled"
    leads_to = Status.CANCELLED
    tells_whose = True

    reason: str


@dataclass(frozen=True, kw_only=True)
class TrancheCeilingChanged(Happened):
    verb = "tranche.ceiling_changed"
    tells_whose = True
    does = (Sets("ceiling", "ceiling"),)

    before: Decimal
    ceiling: Decimal
    decision: Named | None = None


@dataclass(frozen=True, kw_only=True)
class TrancheCharged(Happened):
    verb = "tranche.charged"
    tells_whose = True

    budget_year: int
    appropriation: str
    sha256: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TrancheClosed(Happened):
    verb = "tranche.closed"
    leads_to = Status.CLOSED
    tells_whose = True

    reason: str


@dataclass(frozen=True, kw_only=True)
class TrancheGranted(Happened):
    verb = "tranche.granted"
    leads_to = Status.GRANTED
    tells_whose = True
    does = (Sets("granted", "amount"),)

    amount: Decimal
    holder: Named


@dataclass(frozen=True, kw_only=True)
class TrancheMoved(Happened):
    verb = "tranche.moved"
    tells_whose = True

    holder: Named


@dataclass(frozen=True, kw_only=True)
class TranchePrepared(Happened):
    verb = "tranche.prepared"
    leads_to = Status.PREPARED
    tells_whose = True
    as_step = steps.PREPARE

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class TrancheReleased(Happened):
    verb = "tranche.released"
    leads_to = Status.OPEN
    tells_whose = True
    does = (Sets("ceiling", "ceiling"),)

    reason: str
    before: Decimal
    ceiling: Decimal
    status: str


@dataclass(frozen=True, kw_only=True)
class TrancheReopened(Happened):
    verb = "tranche.reopened"
    leads_to = Status.OPEN
    tells_whose = True
    does = (Clears("granted"),)

    reason: str
    before: Decimal | None = None
    ceiling: Decimal | None = None
    status: str | None = None


@dataclass(frozen=True, kw_only=True)
class TrancheReserved(Happened):
    verb = "tranche.reserved"
    leads_to_fact = "status"
    tells_whose = True
    does = (Sets("ceiling", "ceiling"),)

    ceiling: Decimal
    status: str


@dataclass(frozen=True, kw_only=True)
class TrancheRestored(Happened):
    verb = "tranche.restored"
    leads_to_fact = "status"
    tells_whose = True
    does = (Clears("granted"),)

    status: str
    reason: str | None = None
    before: Decimal | None = None
    ceiling: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class TrancheSentBack(Happened):
    verb = "tranche.sent_back"
    leads_to = Status.OPEN
    tells_whose = True

    reason: str
    before: Decimal | None = None
    ceiling: Decimal | None = None
    status: str | None = None


@dataclass(frozen=True, kw_only=True)
class TrancheSettled(Happened):
    verb = "tranche.settled"
    leads_to = Status.SETTLED
    tells_whose = True


@dataclass(frozen=True, kw_only=True)
class TrancheUnsettled(Happened):
    verb = "tranche.unsettled"
    leads_to = Status.CLOSED
    tells_whose = True


@dataclass(frozen=True, kw_only=True)
class TrancheUsedChanged(Happened):
    verb = "tranche.used_changed"
    tells_whose = True
    does = (Sets("used", "used"),)

    used: Decimal
    change: Decimal
    what: str
    reason: str
