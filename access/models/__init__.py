from .address_change import AddressChange
from .calendar_address import CalendarAddress
from .membership_offer import MembershipOffer

__all__ = [
    "AddressChange",
    "CalendarAddress",
    "MembershipOffer",
]
