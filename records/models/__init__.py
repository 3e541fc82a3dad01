from .document import Document
from .event import Event
from .registration import Direction, Registration

__all__ = [
    "Direction",
    "Document",
    "Event",
    "Registration",
]
