"""What the trail tells of bank detailss."""

from dataclasses import dataclass

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class BankDetailsConfirmed(Happened):
    verb = "bank_details.confirmed"

    account: str


@dataclass(frozen=True, kw_only=True)
class BankDetailsEntered(Happened):
    verb = "bank_details.entered"

    before: str
    account: str
    bic: str
    org_nr: str
