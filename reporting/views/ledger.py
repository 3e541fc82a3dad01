from django.shortcuts import render

from digikoord.lib import lists, pages
from digikoord.lib.columns import Column
from grants.selectors import programme_or_404

from ..selectors import ledger as ledgers


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
    day = pages.day_asked(request)
    years = ledgers.ledger(programme, user=request.user, on=day)
    file = lists.export(request, EXPORT, [row for year in years for row in year.rows], "ekonomi")
    if file:
        return file
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
                {"label": str(row.year), "url": f"?ar={row.year}", "current": row is shown} for row in years
            ],
            "day": day,
            "exports": lists.exports(request),
        },
    )
