from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from digikoord.lib import pages
from grants.selectors import programme_or_404

from ..selectors.places import events_of

if TYPE_CHECKING:
    from actors.request import Request


def list_(request: Request, programme: str) -> HttpResponse:
    """The programme's trail, or a place's (`?plats=`), told in sentences."""
    found = programme_or_404(request.user, programme)
    rows = events_of(request.user, found)
    place = request.GET.get("plats", "")
    if place:
        rows = rows.filter(place=place)
    page = pages.paginate(request, rows)
    return render(
        request,
        "overview/trail_list.html",
        {
            "programme": found,
            "page": page,
            "events": page.object_list,
            "place": place,
            "places": found.places.order_by("part", "code"),
        },
    )
