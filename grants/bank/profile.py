"""What differs between banks, in one place. Change these rows, not the messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Giro:
    """How a giro number is written as an account in ISO 20022: its clearing member, and its scheme."""

    member: str
    scheme: str  # "Prtry" or "Cd"
    code: str


@dataclass(frozen=True)
class BankProfile:
    """One bank's dialect of pain.001.001.03."""

    clearing_system: str = "SESBA"
    service_level: str = "NURG"
    currency: str = "SEK"
    giros: Mapping[str, Giro] = field(default_factory=dict)

    def giro(self, kind: str) -> Giro:
        return self.giros[kind]


SWEDISH = BankProfile(
    giros={"bankgiro": Giro("9900", "Prtry", "BGNR"), "plusgiro": Giro("9960", "Cd", "BBAN")},
)

# By which schemes an account may be named in what the bank sends, and still be that giro; "" where it names none
SCHEMES = {"bankgiro": ("", "BGNR"), "plusgiro": ("", "PGNR", "BBAN")}
# What can be nothing but that giro
GIRO_OF = {"BGNR": "bankgiro", "PGNR": "plusgiro"}
