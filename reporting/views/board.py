from django.shortcuts import render

from digikoord.lib import clock, columns, pages
from grants.selectors import programme_or_404

from ..selectors import board as boards

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def board(request, programme):
    """ "Läget": every place and the steps of a year."""
    programme = programme_or_404(request.user, programme)
    years = list(programme.years.order_by("year"))
    for row in years:
        row.programme = programme
    asked = [row for row in years if str(row.year) == request.GET.get("ar")]
    year = asked[0] if asked else boards.default_year(years)
    shown = boards.board(request.user, year)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _export(request.GET["format"], shown)
    return render(
        request,
        "reporting/board.html",
        {
            "programme": programme,
            "year": year,
            "board": shown,
            "tabs": boards.tabs(programme, years, year),
            "exports": [
                ("CSV", f"?ar={year}&format=csv"),
                ("Excel", f"?ar={year}&format=xlsx"),
            ],
        },
    )


def _export(kind, shown):
    rows = [*shown.rows, *([shown.secretariat] if shown.secretariat else [])]
    name = f"laget-{shown.year}.{kind}"
    if kind == "csv":
        content = columns.as_csv(boards.COLUMNS, rows, mark=clock.mark())
        return pages.download(content, name, "text/csv; charset=utf-8")
    content = columns.as_xlsx(boards.COLUMNS, rows, f"Läget {shown.year}", mark=clock.mark())
    return pages.download(content, name, XLSX)
