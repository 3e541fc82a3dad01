"""What the trail tells of calendar addresss."""

from dataclasses import dataclass

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class CalendarAddressMade(Happened):
    verb = "calendar_address.made"


@dataclass(frozen=True, kw_only=True)
class CalendarAddressRevoked(Happened):
    verb = "calendar_address.revoked"
