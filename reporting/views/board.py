from django.shortcuts import render

from digikoord.lib import lists
from grants.selectors import programme_or_404

from ..selectors import board as boards


def board(request, programme):
    """ "Läget": every place and the steps of a year."""
    programme = programme_or_404(request.user, programme)
    years = list(programme.years.order_by("year"))
    for row in years:
        row.programme = programme
    asked = [row for row in years if str(row.year) == request.GET.get("ar")]
    year = asked[0] if asked else boards.default_year(years)
    shown = boards.board(request.user, year)
    rows = [*shown.rows, *([shown.secretariat] if shown.secretariat else [])]
    file = lists.export(request, boards.COLUMNS, rows, f"laget-{year}")
    if file:
        return file
    return render(
        request,
        "reporting/board.html",
        {
            "programme": programme,
            "year": year,
            "board": shown,
            "tabs": boards.tabs(programme, years, year),
            "exports": lists.exports(request),
        },
    )
