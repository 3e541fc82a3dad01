"""A version is handed over, and the receipt of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from digikoord.lib import pages
from grants.selectors import is_authority

from .. import permissions
from ..actions import deliveries
from ..documents import deliveries as documents
from ..forms.compilations import DeliverForm
from ..selectors import compilations as selectors
from .compilations import version_act

if TYPE_CHECKING:
    from actors.request import Request
    from records.models import Registration

    from ..models import CompilationVersion


def deliver(request: Request, pk: int) -> HttpResponse:
    return version_act(
        request,
        pk,
        name="deliver",
        permission=permissions.can_deliver,
        do=deliveries.deliver,
        done=lambda row: f"Sammanställningen är överlämnad till {row.recipient}.",
        form=DeliverForm,
        form_kwargs=lambda row: {"initial": {"letter": documents.proposed(row)}},
    )


def acknowledge(request: Request, pk: int) -> HttpResponse:
    return version_act(
        request,
        pk,
        name="acknowledge",
        permission=permissions.can_acknowledge,
        do=deliveries.acknowledge,
        done="Mottagandet är bekräftat.",
    )


def _delivered(request: Request, pk: int) -> tuple[CompilationVersion, list[Registration]]:
    """The delivered version and what was registered of it."""
    row = selectors.version_or_404(request.user, pk)
    if row.delivered_at is None:
        raise Http404
    return row, selectors.registered(row)


def receipt(request: Request, pk: int) -> HttpResponse:
    row, registrations = _delivered(request, pk)
    return render(
        request,
        "reporting/compilation_receipt.html",
        {
            "version": row,
            "year": row.year,
            "programme": row.programme,
            "registrations": registrations,
            "reads_register": is_authority(request.user, row.programme),
        },
    )


def receipt_pdf(request: Request, pk: int) -> HttpResponse:
    row, registrations = _delivered(request, pk)
    name = f"kvitto-sammanstallning-{row.year}-version-{row.number}.pdf"
    return pages.download(documents.receipt_pdf(row, registrations), name, "application/pdf")
