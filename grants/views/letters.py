"""The papers of an offer: the letter, the receipt, and what came in on paper."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import pages
from records.models import Document

from .. import documents, permissions
from ..actions import assignments, signatures
from ..models import Assignment, Signature


def _found(request: Request, pk: int) -> Assignment:
    rows = Assignment.objects.visible_to(request.user).select_related(
        "place__programme__ministry", "holder", "decision"
    )
    return get_object_or_404(rows, pk=pk)


def letter(request: Request, pk: int) -> HttpResponse:
    """The first step of an answer: read the letter."""
    row = _found(request, pk)
    user = request.user
    return render(
        request,
        "grants/assignment_letter.html",
        {
            **documents.letter(row),
            "signatures": list(row.signatures.standing()),
            "may_answer": permissions.can_answer(user, row) & row.can("accept"),
            "may_acknowledge": permissions.can_acknowledge(user, row) & assignments.is_unacknowledged(row),
        },
    )


def letter_pdf(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return pages.download(documents.letter_pdf(row), f"brev-{row.place.code}.pdf", "application/pdf")


def _answered(request: Request, pk: int) -> Assignment:
    """The assignment, if it has been answered and signed."""
    row = _found(request, pk)
    if row.answered_on is None or not row.signatures.standing().exists():
        raise Http404
    return row


def receipt(request: Request, pk: int) -> HttpResponse:
    return render(request, "grants/assignment_receipt.html", documents.receipt(_answered(request, pk)))


def receipt_pdf(request: Request, pk: int) -> HttpResponse:
    row = _answered(request, pk)
    return pages.download(documents.receipt_pdf(row), f"kvittens-{row.place.code}.pdf", "application/pdf")


def scan(request: Request, pk: int) -> HttpResponse:
    """An answer on paper, as it was scanned."""
    visible = Assignment.objects.visible_to(request.user)
    rows = Document.objects.filter(signatures__assignment__in=visible.values("pk"))
    paper = get_object_or_404(rows.distinct(), pk=pk)
    return pages.download(bytes(paper.content), paper.name, paper.content_type)


def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take one's signature back while the answer waits for the second."""
    visible = Assignment.objects.visible_to(request.user)
    rows = Signature.objects.standing().filter(assignment__in=visible.values("pk"))
    row = get_object_or_404(
        rows.select_related("assignment__place__programme__ministry", "assignment__holder"), pk=pk
    )
    assignment = row.assignment
    return pages.act(
        request,
        verdict=permissions.can_withdraw_signature(request.user, row) & assignment.can("accept"),
        template="grants/signature_withdraw.html",
        context={
            "signature": row,
            "assignment": assignment,
            "programme": assignment.programme,
            "cancel_url": assignment.get_absolute_url(),
        },
        do=partial(signatures.withdraw, row, by=request.user),
        done="Underskriften är återtagen.",
        to=assignment.get_absolute_url(),
    )
