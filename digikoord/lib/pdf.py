"""HTML to a PDF that an archive and a screen reader can both take: PDF/A-3a and PDF/UA-1 in one file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module


class ResourceRefused(Exception):
    """The document asks for something that is not ours."""


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF; `relationship` as in PDF/A-3 (Data, Source, Supplement)."""

    name: str
    content: bytes
    description: str
    relationship: str = "Data"


def render(
    html: str,
    *,
    title: str,
    created: datetime,
    language: str = "sv",
    attachments: Sequence[Attachment] = (),
    rehearsal: bool = False,
) -> bytes:
    """The PDF's bytes. `created` is an aware datetime; `rehearsal` marks every page. Raises `ResourceRefused`.

    WeasyPrint takes more than a second to load, a third of a start, so the first document brings it.
    """
    typesetting = import_module("digikoord.lib.typesetting")
    written: bytes = typesetting.render(
        html,
        title=title,
        created=created,
        language=language,
        attachments=attachments,
        rehearsal=rehearsal,
    )
    return written
