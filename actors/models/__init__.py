from .actor import Actor, ActorKind
from .conflict import ConflictOfInterest
from .conflict_step import ConflictStep
from .county import County
from .membership import Membership
from .succession import Succession
from .user import User

__all__ = [
    "Actor",
    "ActorKind",
    "ConflictOfInterest",
    "ConflictStep",
    "County",
    "Membership",
    "Succession",
    "User",
]
