"""The ledger: the sums, and the rows behind each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from digikoord.lib import lists, pages
from digikoord.lib.columns import Column
from grants.models.balance import total
from grants.selectors import is_authority, money_steps, programme_or_404

from ..models import LedgerCheck
from ..selectors import ledger as ledgers
from ..selectors import ledger_groups
from ..selectors.ledger_lines import Asked, lines

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request
    from grants.models.balance import Balance
    from programmes.models import Programme

    from ..selectors.ledger_lines import Line


# Address: (name in a Balance, heading)
FIGURES = {
    "hogst": ("ceiling", "Högst"),
    "beviljat": ("granted", "Beviljat"),
    "rekvirerat": ("requisitioned", "Rekvirerat"),
    "utbetalt": ("paid", "Utbetalt"),
    "anvant": ("used", "Använt"),
    "att-aterbetala": ("to_repay", "Att återbetala"),
    "aterbetalt": ("repaid", "Återbetalt"),
    "eftergivet": ("waived", "Eftergivet"),
}
HEADINGS = tuple(heading for _, heading in FIGURES.values())
EXPORT = (
    Column("year", "År", value=lambda row: str(row.tranche.year)),
    Column("code", "Kod", value=lambda row: row.place.code),
    Column("place", "Plats", value=lambda row: row.place.name),
    Column("holder", "Aktör", value=lambda row: str(row.holder)),
    Column("org_nr", "Org.nr", value=lambda row: row.holder.org_nr or None),
    *(
        Column(name, heading, "money", attrgetter(f"balance.{name}"), total=True)
        for name, heading in FIGURES.values()
    ),
)
LINES = (
    Column("what", "Vad", link=lambda row: row.url),
    Column("year", "År", value=lambda row: str(row.year)),
    Column("place", "Plats"),
    Column("holder", "Aktör"),
    Column("day", "Dag", "date"),
    Column("amount", "Belopp", "money", total=True),
)
LINES_EXPORT = (*LINES[:2], Column("code", "Kod"), *LINES[2:])
GROUPINGS = {"plats": ("Per plats", ledger_groups.by_place), "aktor": ("Per aktör", ledger_groups.by_actor)}


def ledger(request: Request, programme: str) -> HttpResponse:
    """The programme's money, by year, place and actor: each figure opens the rows behind it."""
    found = programme_or_404(request.user, programme)
    day = pages.day_asked(request)
    years = ledgers.ledger(found, user=request.user, on=day)
    shown, rows = _shown(request, years)
    file = lists.export(request, EXPORT, rows if "ar" in request.GET else _all(years), "ekonomi")
    if file:
        return file
    by, (caption, grouped) = _grouping(request)
    query: dict[str, object] = {"per": day} if day else {}
    return render(
        request,
        "overview/ledger.html",
        {
            "programme": found,
            "headings": HEADINGS,
            "years": _table(found, ledger_groups.by_year(years, found.secretariat_id), query),
            "groups": _table(found, grouped(rows), query | ({"ar": shown} if shown else {})),
            "steps": money_steps(total(row.balance for row in rows)),
            "caption": f"{caption}, {shown or 'alla år'}",
            "tabs": _year_tabs(request, years, shown),
            "groupings": _grouping_tabs(request, by),
            "day": day,
            "charged": _charged(found, request.user) if not day else (),
            "exports": lists.exports(request),
            "check": _last_check(request.user, found),
        },
    )


def ledger_lines(request: Request, programme: str, figure: str) -> HttpResponse:
    """The rows behind one figure."""
    found = programme_or_404(request.user, programme)
    if figure not in FIGURES:
        raise Http404
    name, heading = FIGURES[figure]
    asked = Asked(
        year=_number(request.GET.get("ar")),
        part=request.GET.get("del", ""),
        place=request.GET.get("plats", ""),
        holder=request.GET.get("aktor", ""),
        day=pages.day_asked(request),
    )
    rows = lines(found, request.user, name, asked)
    file = lists.export(request, LINES_EXPORT, rows, f"ekonomi-{figure}")
    if file:
        return file
    return render(
        request,
        "overview/ledger_lines.html",
        {
            "programme": found,
            "heading": heading,
            "sum": sum(row.amount for row in rows),
            "columns": LINES,
            "rows": rows,
            "scope": _scope(asked, rows),
            "day": asked.day,
            "exports": lists.exports(request),
        },
    )


def _charged(programme: Programme, user: User) -> Sequence[tuple[int, int, Decimal]]:
    """[(year granted, budget year, kronor)] where something was paid after its year had ended; otherwise nothing."""
    found = ledgers.charged(programme, user)
    rows = [(year, *row) for year, sums in found.items() for row in sums.items()]
    return rows if any(year != budget_year for year, budget_year, _ in rows) else ()


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else None


def _scope(asked: Asked, rows: Sequence[Line]) -> str:
    """What was asked for, in words."""
    parts = {"recipient": "aktörerna", "secretariat": "sekretariatet"}
    first = rows[0] if rows else None
    words = [
        str(asked.year) if asked.year else "alla år",
        parts.get(asked.part, ""),
        asked.place and (first.place if first else asked.place),
        asked.holder and (first.holder if first else asked.holder),
    ]
    return ", ".join(filter(None, words))


def _all(years: Sequence[ledgers.Year]) -> list[ledgers.Row]:
    return [row for year in years for row in year.rows]


def _shown(request: Request, years: Sequence[ledgers.Year]) -> tuple[int | str, list[ledgers.Row]]:
    """(the year shown, or "" for all of them, and its rows)."""
    asked = request.GET.get("ar")
    if asked == "alla" or not years:
        return "", _all(years)
    found = next((row for row in years if str(row.year) == asked), years[0])
    return found.year, list(found.rows)


def _table(
    programme: Programme, groups: Iterable[ledger_groups.Group], query: dict[str, object]
) -> list[tuple[ledger_groups.Group, list[tuple[Decimal, str]]]]:
    """(group, [(amount, address of the rows behind it)…])"""
    return [(group, _cells(programme, group.balance, query | group.query)) for group in groups]


def _cells(programme: Programme, balance: Balance, query: dict[str, object]) -> list[tuple[Decimal, str]]:
    asked = f"?{urlencode(query)}" if query else ""
    return [
        (getattr(balance, name), reverse("overview:ledger_lines", args=[programme.code, figure]) + asked)
        for figure, (name, _) in FIGURES.items()
    ]


def _grouping(
    request: Request,
) -> tuple[str, tuple[str, Callable[[Iterable[ledgers.Row]], list[ledger_groups.Group]]]]:
    by = request.GET.get("efter")
    return (by, GROUPINGS[by]) if by in GROUPINGS else ("plats", GROUPINGS["plats"])


def _year_tabs(request: Request, years: Sequence[ledgers.Year], shown: int | str) -> list[dict[str, object]]:
    choices: list[tuple[str, int | str, bool]] = [
        (str(row.year), row.year, row.year == shown) for row in years
    ]
    choices.append(("Alla år", "alla", not shown))
    return [
        {"label": label, "url": _with(request, ar=value), "current": now} for label, value, now in choices
    ]


def _grouping_tabs(request: Request, by: str) -> list[dict[str, object]]:
    return [
        {"label": label, "url": _with(request, efter=key), "current": key == by}
        for key, (label, _) in GROUPINGS.items()
    ]


def _with(request: Request, **changed: object) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = cast("str", value)  # a number is written as one
    return f"?{query.urlencode()}"


def _last_check(user: User, programme: Programme) -> LedgerCheck | None:
    """For those who read all of it: a difference may concern anybody."""
    if not is_authority(user, programme):
        return None
    return LedgerCheck.objects.filter(programme=programme).first()
