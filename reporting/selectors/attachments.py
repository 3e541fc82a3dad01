"""A report's attachments: those in a content, and whether a person may read one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Length
from django.http import Http404

from .. import secrecy
from ..models import ReportAttachment

if TYPE_CHECKING:
    from ..content import Content
    from ..models import ActivityReport


@dataclass(frozen=True)
class Attached:
    """`size` in bytes; `claimed` is the reason for keeping it from others, or empty."""

    pk: int
    title: str
    name: str
    kind: str
    size: int
    claimed: str


def attachments_in(report: ActivityReport, content: Content) -> list[Attached]:
    """Those that the content has, in the order they came."""
    wanted = content.get("attachments", ())
    if not wanted:
        return []
    rows = ReportAttachment.objects.filter(report=report, pk__in=wanted).annotate(
        size=Length("document__content")
    )
    claims = secrecy.claims(content)
    return [
        Attached(
            pk=row.pk,
            title=row.title,
            name=row.document.name,
            kind=row.document.get_content_type_display(),
            size=row.size,
            claimed=claims.get(f"{secrecy.ATTACHMENT}{row.pk}", ""),
        )
        for row in rows.select_related("document").defer("document__content")
    ]


def attachment_or_404(report: ActivityReport, contents: Iterable[Content], pk: int) -> ReportAttachment:
    """The attachment with its bytes, if one of the contents, as the person may read them, has it."""
    if not any(pk in content.get("attachments", ()) for content in contents):
        raise Http404
    return ReportAttachment.objects.select_related("document").get(pk=pk, report=report)
