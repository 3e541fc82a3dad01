from .actor import Actor, Kind
from .conflict import ConflictOfInterest
from .county import County
from .event import Event
from .membership import Membership
from .notice import Notice
from .obligation import Obligation, Outcome
from .succession import Succession
from .user import User

__all__ = [
    "Actor",
    "ConflictOfInterest",
    "County",
    "Event",
    "Kind",
    "Membership",
    "Notice",
    "Obligation",
    "Outcome",
    "Succession",
    "User",
]
