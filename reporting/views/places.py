from django.shortcuts import get_object_or_404, render

from digikoord.lib import pages
from grants.models import Place
from grants.selectors import programme_or_404

from ..selectors import places

LATEST = 10


def detail(request, programme, code):
    """A county's page."""
    programme = programme_or_404(request.user, programme)
    rows = Place.objects.visible_to(request.user).select_related("county")
    place = get_object_or_404(rows.distinct(), programme=programme, code=code)
    place.programme = programme
    day = pages.day_asked(request)
    page = places.place_page(request.user, place, day)
    return render(
        request,
        "reporting/place_detail.html",
        {
            "programme": programme,
            "place": place,
            "page": page,
            "holding": page.holding_on(day) if day else page.holding,
            "day": day,
            "events": page.events[:LATEST],
        },
    )
