from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from digikoord.lib import clock, lists, pages
from grants.selectors import programme_with_a_function_or_404

from ..selectors import staffing as staffings

if TYPE_CHECKING:
    from actors.request import Request


def staffing(request: Request, programme: str) -> HttpResponse:
    """How the function is staffed, by place and year, and where it is vacant."""
    found = programme_with_a_function_or_404(request.user, programme)
    numbers = list(found.years.order_by("year").values_list("year", flat=True))
    day = pages.day_asked(request)
    today = (day or clock.today()).year
    default = min(max(today, numbers[0]), numbers[-1])
    year = next((n for n in numbers if str(n) == request.GET.get("ar")), default)
    per = f"&per={day}" if day else ""
    return lists.listing(
        request,
        template="overview/staffing.html",
        name=f"bemanning-{year}",
        columns=staffings.COLUMNS,
        rows=staffings.staffing(request.user, found, year, day),
        programme=found,
        year=year,
        day=day,
        tabs=[{"label": n, "url": f"?ar={n}{per}", "current": n == year} for n in numbers],
    )
