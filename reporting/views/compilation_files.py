"""A version's files: the document, and the data it carries as files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse

from digikoord.lib import pages

from ..documents import compilation, verification
from ..selectors import compilations as selectors

if TYPE_CHECKING:
    from actors.request import Request


def _bytes(request: Request, pk: int, ending: str) -> tuple[bytes, str]:
    """(the frozen or established bytes, the file's name)"""
    row = selectors.version_or_404(request.user, pk, with_pdf=True)
    if row.pdf is None:
        raise Http404
    return bytes(row.pdf), f"sammanstallning-{row.year}-version-{row.number}.{ending}"


def pdf(request: Request, pk: int) -> HttpResponse:
    content, name = _bytes(request, pk, "pdf")
    return pages.download(content, name, "application/pdf")


def data(request: Request, pk: int) -> HttpResponse:
    """The data behind the tables, as the document carries it."""
    content, name = _bytes(request, pk, "json")
    return pages.download(verification.carried(content)[compilation.DATA], name, "application/json")


def economy(request: Request, pk: int) -> HttpResponse:
    content, name = _bytes(request, pk, "csv")
    return pages.download(
        verification.carried(content)[compilation.ECONOMY_CSV], name, "text/csv; charset=utf-8"
    )


@login_not_required
def schema(request: Request) -> HttpResponse:
    """What the data of every compilation holds: for anyone who wants to read or verify one."""
    return JsonResponse(verification.schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})
