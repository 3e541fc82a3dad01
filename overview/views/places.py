from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from digikoord.lib import pages
from grants.selectors import programme_or_404

from ..selectors import places

if TYPE_CHECKING:
    from actors.request import Request


LATEST = 10


def detail(request: Request, programme: str, code: str) -> HttpResponse:
    """A county's page."""
    found = programme_or_404(request.user, programme)
    assignments = places.assignments_of(request.user, found, code)
    if not assignments:
        raise Http404
    day = pages.day_asked(request)
    page = places.place_page(request.user, assignments, day)
    return render(
        request,
        "overview/place_detail.html",
        {
            "programme": found,
            "place": page.place,
            "page": page,
            "holding": page.holding_on(day) if day else page.holding,
            "day": day,
            "events": page.events[:LATEST],
        },
    )
