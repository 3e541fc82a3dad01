from .extension import Extension
from .letter import Attachment, Letter, Purpose
from .link import Link
from .notice import AppOnly, Notice
from .obligation import Obligation, Outcome

__all__ = [
    "AppOnly",
    "Attachment",
    "Extension",
    "Letter",
    "Link",
    "Notice",
    "Obligation",
    "Outcome",
    "Purpose",
]
