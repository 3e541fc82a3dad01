from .actor import Actor, Kind
from .address_change import AddressChange
from .calendar_address import CalendarAddress
from .conflict import ConflictOfInterest
from .conflict_step import ConflictStep
from .county import County
from .event import Event
from .letter import Attachment, Letter, Purpose
from .link import Link
from .membership import Membership
from .membership_offer import MembershipOffer
from .notice import AppOnly, Notice
from .obligation import Obligation, Outcome
from .succession import Succession
from .user import User

__all__ = [
    "Actor",
    "AddressChange",
    "AppOnly",
    "Attachment",
    "CalendarAddress",
    "ConflictOfInterest",
    "ConflictStep",
    "County",
    "Event",
    "Kind",
    "Letter",
    "Link",
    "Membership",
    "MembershipOffer",
    "Notice",
    "Obligation",
    "Outcome",
    "Purpose",
    "Succession",
    "User",
]
