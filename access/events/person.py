"""What the trail tells of persons."""

from dataclasses import dataclass

from records.happened import Happened

from ..lifecycle.address_change import Status


@dataclass(frozen=True, kw_only=True)
class PersonAddressConfirmed(Happened):
    verb = "person.address_confirmed"
    leads_to = Status.CONFIRMED

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class PersonAddressCorrected(Happened):
    verb = "person.address_corrected"

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class PersonAddressProposed(Happened):
    verb = "person.address_proposed"

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class PersonAddressRejected(Happened):
    verb = "person.address_rejected"
    leads_to = Status.REJECTED

    before: str
    after: str
