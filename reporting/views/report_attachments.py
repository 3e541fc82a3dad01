"""What is put with a report: added, taken out, and read by whoever may read the report it is in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse

from digikoord.lib import pages

from ..actions import report_drafts
from ..forms.reports import AttachForm
from ..selectors import attachments, report_steps, reports
from .report_steps import may_write
from .reports import contents_read

if TYPE_CHECKING:
    from actors.request import Request

    from ..models import ActivityReport


def _list(row: ActivityReport) -> str:
    return report_steps.section_url(row, "attachments")


def attach(request: Request, pk: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=may_write(request.user, row),
        template="reporting/report_attachment_add.html",
        context={"report": row, "programme": row.programme, "cancel_url": _list(row)},
        form=AttachForm,
        do=partial(report_drafts.attach, row, by=request.user),
        done="Bilagan är tillagd.",
        to=_list(row),
    )


def detach(request: Request, pk: int, attachment: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    found = attachments.attachment_or_404(row, [row.draft], attachment)
    return pages.act(
        request,
        verdict=may_write(request.user, row),
        template="reporting/report_attachment_remove.html",
        context={
            "report": row,
            "programme": row.programme,
            "attachment": found,
            "cancel_url": _list(row),
        },
        do=partial(report_drafts.detach, row, by=request.user, attachment=found),
        done="Bilagan är borttagen ur utkastet.",
        to=_list(row),
    )


def read(request: Request, pk: int, attachment: int) -> HttpResponse:
    """The attachment itself, for whoever may read a content that has it."""
    row = reports.report_or_404(request.user, pk)
    found = attachments.attachment_or_404(row, contents_read(request.user, row), attachment)
    document = found.document
    return pages.download(bytes(document.content), document.name, document.content_type)
