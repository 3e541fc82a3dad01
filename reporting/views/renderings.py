from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from digikoord.lib import pages

from ..models import CompilationVersion, Rendering

if TYPE_CHECKING:
    from actors.request import Request


def _found(request: Request, pk: int, *, with_pdf: bool = False) -> Rendering:
    rows = Rendering.objects.filter(version__in=CompilationVersion.objects.visible_to(request.user))
    rows = rows.select_related("version__compilation__year__programme", "requested_by")
    deferred = ("version__pdf", "version__data") if with_pdf else ("pdf", "version__pdf", "version__data")
    return get_object_or_404(rows.defer(*deferred), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    """How far the document has come. The page asks again by itself, and may be left."""
    row = _found(request, pk)
    template = "reporting/rendering_progress.html" if request.htmx else "reporting/rendering_detail.html"
    return render(request, template, {"rendering": row, "programme": row.version.programme})


def pdf(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, with_pdf=True)
    if row.pdf is None:
        raise Http404
    name = f"sammanstallning-{row.version.year}-version-{row.version.number}-{row.purpose}.pdf"
    return pages.download(bytes(row.pdf), name, "application/pdf")
