"""HTML to a PDF that an archive and a screen reader can both take: PDF/A-3a and PDF/UA-1 in one file."""

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module

from .attached import Attachment, ResourceRefused

__all__ = ["Attachment", "ResourceRefused", "render"]


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
