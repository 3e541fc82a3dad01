from django.shortcuts import get_object_or_404, render

from digikoord.lib import clock, columns, pages

from .. import documents
from ..models import PaymentBatch


def _found(request, pk):
    rows = PaymentBatch.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("programme__disburser", "created_by"), pk=pk)


def detail(request, pk):
    batch = _found(request, pk)
    return render(
        request,
        "grants/payment_batch_detail.html",
        {
            "batch": batch,
            "programme": batch.programme,
            "columns": documents.PAYMENT_LIST,
            "rows": batch.lines.all(),
        },
    )


def csv(request, pk):
    batch = _found(request, pk)
    content = columns.as_csv(documents.PAYMENT_LIST, batch.lines.all(), mark=clock.mark())
    return pages.download(content, f"betalningslista-{batch.number}.csv", "text/csv; charset=utf-8")


def pdf(request, pk):
    batch = _found(request, pk)
    content = documents.payment_list_pdf(batch)
    return pages.download(content, f"betalningslista-{batch.number}.pdf", "application/pdf")
