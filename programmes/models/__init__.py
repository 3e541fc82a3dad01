from .matter import Matter
from .programme import Programme, ProgrammeFile

__all__ = [
    "Matter",
    "Programme",
    "ProgrammeFile",
]
