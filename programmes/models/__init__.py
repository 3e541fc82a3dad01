from .programme import Programme, ProgrammeFile

__all__ = [
    "Programme",
    "ProgrammeFile",
]
