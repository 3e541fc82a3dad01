from .actor import Actor, Kind
from .conflict import ConflictOfInterest
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
    "ConflictOfInterest",
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
