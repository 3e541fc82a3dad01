"""What a document carries, and what it may not ask for."""

from dataclasses import dataclass


class ResourceRefused(Exception):
    """The document asks for something that is not ours."""


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF; `relationship` as in PDF/A-3 (Data, Source, Supplement)."""

    name: str
    content: bytes
    description: str
    relationship: str = "Data"
