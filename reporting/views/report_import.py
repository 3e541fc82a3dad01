"""Initiatives from an Excel workbook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse

from digikoord.lib import pages

from ..actions import report_drafts
from ..documents import initiative_book
from ..forms.initiative_import import ImportForm
from ..selectors import reports
from .report_steps import list_of_initiatives, may_write

if TYPE_CHECKING:
    from actors.request import Request


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(request: Request, pk: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    pages.require(may_write(request.user, row))
    content = initiative_book.template(row.programme.definition, row.year.year)
    return pages.download(content, f"insatser-{row.year}.xlsx", XLSX)


def take_in(request: Request, pk: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=may_write(request.user, row),
        template="reporting/initiative_import.html",
        context={
            "report": row,
            "programme": row.programme,
            "cancel_url": list_of_initiatives(row),
            "template_url": reverse("reporting:initiative_template", args=[row.pk]),
        },
        form=ImportForm,
        form_kwargs={"definition": row.programme.definition, "year": row.year.year},
        do=partial(report_drafts.add_initiatives, row, by=request.user),
        done=lambda made: f"{len(made.added)} insatser är hämtade ur arbetsboken.",
        to=list_of_initiatives(row),
    )
