"""Whose account a line of the bank's file is of: only what a second person has checked is ours."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from programmes.models import Programme

from ..bank import xml
from ..bank.notice import Account
from ..bank.profile import GIRO_OF, SCHEMES
from ..lifecycle.payment_account import Status
from . import bank_details

GiroNumber: TypeAlias = tuple[str, str]  # the giro and its number

REPAID, PAYING, FOREIGN, UNSURE = "repaid", "paying", "foreign", "unsure"
NOBODY = "Inget konto för återbetalningar är kontrollerat, så ingenting bokförs av sig självt."


@dataclass(frozen=True)
class Own:
    """The checked account that is repaid to, and the confirmed one that is paid from: (giro, number) or None."""

    repaid: GiroNumber | None
    paying: GiroNumber | None

    def whose(self, account: Account) -> tuple[str, str]:
        """(REPAID, PAYING, FOREIGN or UNSURE, the sentence for whoever looks into the line)."""
        if self.repaid is None:
            return UNSURE, NOBODY
        if not account:
            return UNSURE, "Filen säger inte vilket konto raden gäller."
        told = account.iban or account.number
        for kind, (giro, number) in self._alike(account):
            if account.scheme in SCHEMES[giro]:
                return kind, ""
            if account.scheme not in GIRO_OF:
                return (
                    UNSURE,
                    f"Kontot {told} anges som {xml.quoted(account.scheme)}, inte som {giro} {number}.",
                )
        return (
            FOREIGN,
            f"Raden gäller kontot {xml.quoted(told)}, som inte är myndighetens kontrollerade konto.",
        )

    def _alike(self, account: Account) -> list[tuple[str, GiroNumber]]:
        """Our accounts with the digits of the one named; an IBAN has none to compare."""
        mine = [(REPAID, self.repaid), (PAYING, self.paying)]
        if account.iban:
            return []
        return [(kind, own) for kind, own in mine if own and _digits(own[1]) == _digits(account.number)]


def own(programme: Programme) -> Own:
    """The programme's own accounts, as they have been checked now."""
    repaid = programme.disburser.payment_accounts.filter(status=Status.VERIFIED).first()
    details = bank_details.confirmed(programme)
    return Own(
        repaid=(repaid.giro, repaid.number) if repaid else None,
        paying=(details.debit_giro, details.debit_number) if details and details.debit_number else None,
    )


def _digits(number: str) -> str:
    """The digits of a giro number with or without hyphen and spaces; anything else as it stands."""
    closed = re.sub(r"[\s-]", "", number)
    return closed if re.fullmatch("[0-9]+", closed) else number
