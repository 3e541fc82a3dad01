from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import clock, columns, pages

from .. import documents, permissions, selectors
from ..models import PaymentBatch


def _found(request: Request, pk: int) -> PaymentBatch:
    rows = PaymentBatch.objects.visible_to(request.user)
    people = ("created_by", "handed_out_by")
    return get_object_or_404(rows.defer("content").select_related("programme__disburser", *people), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    batch = _found(request, pk)
    return render(
        request,
        "grants/payment_batch_detail.html",
        {
            "batch": batch,
            "programme": batch.programme,
            "columns": documents.PAYMENT_LIST,
            "rows": documents.lines_of(batch),
            "answers": batch.answers.defer("content"),
            "may_pay": permissions.can_pay(request.user, batch.programme),
            "may_answer": permissions.can_take_in_answer(request.user, batch),
            "rehearsal": clock.in_rehearsal(),
            "events": selectors.trail_of(batch),
        },
    )


def csv(request: Request, pk: int) -> HttpResponse:
    batch = _found(request, pk)
    content = columns.as_csv(documents.PAYMENT_LIST, documents.lines_of(batch), mark=clock.mark())
    return pages.download(content, f"betalningslista-{batch.number}.csv", "text/csv; charset=utf-8")


def pdf(request: Request, pk: int) -> HttpResponse:
    batch = _found(request, pk)
    content = documents.payment_list_pdf(batch)
    return pages.download(content, f"betalningslista-{batch.number}.pdf", "application/pdf")
