"""The register of documents: what came in, went out and was drawn up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from digikoord.lib import lists, pages
from digikoord.lib.columns import Column
from grants import documents, selectors
from records.models import Registration
from records.selectors.registrations import registrations_of, registrations_url

from ..forms.registrations import RegistrationFilter

if TYPE_CHECKING:
    from actors.request import Request


COLUMNS = (
    Column("number", "Nummer", link=lambda row: row.get_absolute_url(), value=lambda row: str(row.number)),
    Column("on", "Dag", "date"),
    Column("direction", "Riktning", value=lambda row: row.get_direction_display().capitalize()),
    Column("party_name", "Avsändare eller mottagare"),
    Column("title", "Handling"),
    Column("case_number", "Diarienummer", value=lambda row: row.case_number or None),
    Column(
        "label",
        "Ärende",
        value=lambda row: row.label[:1].upper() + row.label[1:],
        link=lambda row: row.url or None,
    ),
)


def list_(request: Request, programme: str) -> HttpResponse:
    found = selectors.programme_or_404(request.user, programme)
    return lists.listing(
        request,
        template="overview/registration_list.html",
        name="registrerade-handlingar",
        columns=COLUMNS,
        rows=registrations_of(request.user, found),
        filters=RegistrationFilter,
        programme=found,
    )


def _found(request: Request, pk: int) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related(
        "programme__ministry", "programme__secretariat", "party", "document", "registered_by"
    )
    return get_object_or_404(rows.distinct(), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    context = {"registration": row, "programme": row.programme, "list_url": registrations_url(row.programme)}
    return render(request, "overview/registration_detail.html", context)


def file(request: Request, pk: int) -> HttpResponse:
    """The paper as it was handed in, or our own text as PDF."""
    row = _found(request, pk)
    if row.document:
        return pages.download(bytes(row.document.content), row.document.name, row.document.content_type)
    if row.body:
        return pages.download(documents.registered_pdf(row), f"handling-{row.number}.pdf", "application/pdf")
    raise Http404
