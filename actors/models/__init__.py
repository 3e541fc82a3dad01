from .actor import Actor, Kind
from .calendar_address import CalendarAddress
from .conflict import ConflictOfInterest
from .conflict_step import ConflictStep
from .county import County
from .event import Event
from .letter import Letter
from .membership import Membership
from .notice import AppOnly, Notice
from .obligation import Obligation, Outcome
from .succession import Succession
from .user import User

__all__ = [
    "Actor",
    "AppOnly",
    "CalendarAddress",
    "ConflictOfInterest",
    "ConflictStep",
    "County",
    "Event",
    "Kind",
    "Letter",
    "Membership",
    "Notice",
    "Obligation",
    "Outcome",
    "Succession",
    "User",
]
