from django.shortcuts import render

from digikoord.lib import clock, columns, pages
from digikoord.lib.columns import Column
from grants.selectors import programme_or_404

from ..selectors import ledger as ledgers

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _money(name, heading):
    return Column(name, heading, "money", lambda row: getattr(row.balance, name), total=True)


AMOUNTS = (
    _money("ceiling", "Högst"),
    _money("granted", "Beviljat"),
    _money("requisitioned", "Rekvirerat"),
    _money("paid", "Utbetalt"),
    _money("used", "Använt"),
    _money("to_repay", "Att återbetala"),
    _money("repaid", "Återbetalt"),
    _money("waived", "Eftergivet"),
)
PAGE = (
    Column(
        "place",
        "Län",
        value=lambda row: row.place.name,
        link=lambda row: row.tranche.get_absolute_url(),
    ),
    Column("holder", "Aktör", value=lambda row: str(row.holder)),
    *AMOUNTS,
)
EXPORT = (
    Column("year", "År", value=lambda row: str(row.tranche.year)),
    Column("code", "Kod", value=lambda row: row.place.code),
    Column("place", "Län", value=lambda row: row.place.name),
    Column("holder", "Aktör", value=lambda row: str(row.holder)),
    Column("org_nr", "Org.nr", value=lambda row: row.holder.org_nr or None),
    *AMOUNTS,
)


def ledger(request, programme):
    """The programme's money: each figure opens the amount behind it."""
    programme = programme_or_404(request.user, programme)
    years = ledgers.ledger(programme, user=request.user)
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _export(kind, [row for year in years for row in year.rows])
    asked = [row for row in years if str(row.year) == request.GET.get("ar")]
    shown = asked[0] if asked else next(iter(years), None)
    return render(
        request,
        "reporting/ledger.html",
        {
            "programme": programme,
            "years": years,
            "shown": shown,
            "columns": PAGE,
            "tabs": [
                {"label": str(row.year), "url": f"?ar={row.year}", "current": row is shown}
                for row in years
            ],
            "exports": [("CSV", "?format=csv"), ("Excel", "?format=xlsx")],
        },
    )


def _export(kind, rows):
    if kind == "csv":
        content = columns.as_csv(EXPORT, rows, mark=clock.mark())
        return pages.download(content, "ekonomi.csv", "text/csv; charset=utf-8")
    content = columns.as_xlsx(EXPORT, rows, "Ekonomi", mark=clock.mark())
    return pages.download(content, "ekonomi.xlsx", XLSX)
