from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from digikoord.lib import lists, pages
from grants.selectors import is_authority, programme_or_404

from ..selectors import board as boards
from ..selectors.board_columns import COLUMNS
from ..selectors.board_on import board_on

if TYPE_CHECKING:
    from actors.request import Request


def board(request: Request, programme: str) -> HttpResponse:
    """ "Läget": every place and the steps of a year."""
    found = programme_or_404(request.user, programme)
    years = list(found.years.order_by("year"))
    for row in years:
        row.programme = found
    asked = [row for row in years if str(row.year) == request.GET.get("ar")]
    year = asked[0] if asked else boards.default_year(years)
    day = pages.day_asked(request)
    shown = board_on(request.user, year, day) if day else boards.board(request.user, year)
    rows = [*shown.rows, *([shown.secretariat] if shown.secretariat else [])]
    file = lists.export(request, COLUMNS, rows, f"laget-{year}")
    if file:
        return file
    return render(
        request,
        "overview/board.html",
        {
            "programme": found,
            "year": year,
            "board": shown,
            "tabs": boards.tabs(found, years, year, day),
            "day": day,
            "sees_readiness": is_authority(request.user, found),
            "exports": lists.exports(request),
        },
    )
