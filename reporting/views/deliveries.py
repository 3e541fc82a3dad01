"""A version is handed over, and the receipt of that."""

from django.http import Http404
from django.shortcuts import render

from digikoord.lib import pages
from grants.selectors import is_authority

from .. import permissions
from ..actions import deliveries
from ..documents import deliveries as documents
from ..forms.compilations import DeliverForm
from ..selectors import compilations as selectors
from .compilations import version_act


def deliver(request, pk):
    return version_act(
        request,
        pk,
        "deliver",
        permissions.can_deliver,
        deliveries.deliver,
        lambda row: f"Sammanställningen är överlämnad till {row.recipient}.",
        form=DeliverForm,
        form_kwargs=lambda row: {"initial": {"letter": documents.proposed(row)}},
    )


def acknowledge(request, pk):
    return version_act(
        request,
        pk,
        "acknowledge",
        permissions.can_acknowledge,
        deliveries.acknowledge,
        "Mottagandet är bekräftat.",
    )


def _delivered(request, pk):
    """The delivered version and what was registered of it."""
    row = selectors.version_or_404(request.user, pk)
    if row.delivered_at is None:
        raise Http404
    return row, selectors.registered(row)


def receipt(request, pk):
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


def receipt_pdf(request, pk):
    row, registrations = _delivered(request, pk)
    name = f"kvitto-sammanstallning-{row.year}-version-{row.number}.pdf"
    return pages.download(documents.receipt_pdf(row, registrations), name, "application/pdf")
