"""The rehearsal's bank: what it would answer, as files to take in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from digikoord.lib import clock, pages
from grants.models import PaymentBatch, RepaymentClaim
from grants.models.known_programmes import programmes_known_to

from ..rehearsal import bank

if TYPE_CHECKING:
    from ..stage import StagedRequest


XML = "application/xml"


def answer(request: StagedRequest, pk: int) -> HttpResponse:
    """The bank settles the whole payment list today."""
    _only_in_rehearsal(request)
    batch = get_object_or_404(PaymentBatch.objects.visible_to(request.user).exclude(message_id=""), pk=pk)
    content = bank.answer(batch, "ACSC", on=clock.today())
    return pages.download(content, f"svar-{batch.message_id}.xml", XML)


def deposits(request: StagedRequest, programme: str) -> HttpResponse:
    """Every open claim is repaid in full today."""
    _only_in_rehearsal(request)
    found = get_object_or_404(programmes_known_to(request.user), code=programme)
    claims = RepaymentClaim.objects.visible_to(request.user).filter(
        tranche__place__programme=found, status="open"
    )
    sums = [
        (row.reference, row.outstanding, row.tranche.holder.legal_name)
        for row in claims.select_related("tranche__assignment__holder")
    ]
    if not sums:
        raise Http404("Inget krav är öppet.")
    content = bank.deposits(found, sums, on=clock.today())
    return pages.download(content, "inbetalningar.xml", XML)


def _only_in_rehearsal(request: StagedRequest) -> None:
    if not (request.stage and request.stage.rehearsal):
        raise Http404
