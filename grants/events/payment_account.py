"""What the trail tells of accounts."""

from dataclasses import dataclass

from records.happened import Happened, Named

from ..lifecycle.payment_account import Status


@dataclass(frozen=True, kw_only=True)
class AccountEntered(Happened):
    verb = "account.entered"

    before: str
    account: str


@dataclass(frozen=True, kw_only=True)
class AccountStopped(Happened):
    verb = "account.stopped"

    code: str
    reason: str
    payment: Named
    account: str


@dataclass(frozen=True, kw_only=True)
class AccountVerified(Happened):
    verb = "account.verified"
    leads_to = Status.VERIFIED

    account: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class AccountVerifiedAnew(Happened):
    verb = "account.verified_anew"

    account: str
    evidence: str
