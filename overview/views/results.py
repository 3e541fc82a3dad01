"""What has come of the programme: indicators over the years, per sub-goal and place, on the map and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from digikoord.lib import charts, lists
from digikoord.lib.columns import Column
from grants.selectors import programme_or_404

from ..selectors import results as found

if TYPE_CHECKING:
    from actors.request import Request
    from reporting.selectors.goals import IndicatorTable, Sum


def results(request: Request, programme: str) -> HttpResponse:
    known = programme_or_404(request.user, programme)
    told = found.results(known)
    if not told.years:
        return render(request, "overview/results.html", {"programme": known, "years": ()})
    year = _chosen_year(request, told)
    tables = told.tables(year)
    table = found.table_of(tables, request.GET.get("delmal", ""))
    series, goals = told.over_years(), told.goals()
    file = _file(request, told, year=year, table=table, series=series, goals=goals)
    if file:
        return file
    shown = _chosen(request, table)
    return render(
        request,
        "overview/results.html",
        {
            "programme": known,
            "years": told.years,
            "year": year,
            "year_tabs": [_tab(request, str(row), row == year, ar=row) for row in told.years],
            "goal_tabs": [
                _tab(request, row.title, row == table, delmal=row.title, matt="") for row in tables
            ],
            "goals": goals,
            "series": series,
            "table": table,
            "shown": shown,
            "map": found.county_map(f"{shown.name}, {year}", told.values(year, shown.code)) if shown else "",
            "chart": _chart(shown, series, told.years),
            "files": [
                (name, heading, [_file_link(request, name, kind) for _, kind in lists.FORMATS])
                for name, heading in (
                    ("insatser", "Insatser"),
                    ("indikatorer", "Indikatorer"),
                    ("lan", "Plats för plats"),
                )
            ],
        },
    )


def _chosen_year(request: Request, told: found.Results) -> int:
    asked = request.GET.get("ar", "")
    return next((year for year in told.years if str(year) == asked), told.years[-1])


def _chosen(request: Request, table: IndicatorTable | None) -> Sum | None:
    """The indicator on the map: the one asked for, else the table's first."""
    if table is None:
        return None
    return next((row for row in table.sums if row.code == request.GET.get("matt")), table.sums[0])


def _tab(request: Request, label: str, current: bool, **asked: object) -> dict[str, object]:
    query = {**request.GET.dict(), **asked}
    query = {name: value for name, value in query.items() if value not in ("", None)}
    return {"label": label, "url": f"?{urlencode(query)}", "current": current}


def _chart(shown: Sum | None, series: Sequence[found.OverYears], years: Sequence[int]) -> str:
    """The chosen indicator's sum of each year as bars; nothing where it is never summed."""
    row = next((row for row in series if shown and row.code == shown.code), None)
    if row is None or not row.summed:
        return ""
    values = [(str(year), row.total(at)) for at, year in enumerate(years)]
    return charts.bars(f"{row.name}, summa per år ({row.unit})", values, write=_write)


def _write(value: Decimal | None) -> str:
    return "–" if value is None else f"{value:f}".replace(".", ",")


def _file(
    request: Request,
    told: found.Results,
    *,
    year: int,
    table: IndicatorTable | None,
    series: Sequence[found.OverYears],
    goals: Sequence[found.GoalYear],
) -> HttpResponse | None:
    """The table that `?tabell=` asks for, as the file that `?format=` asks for."""
    match request.GET.get("tabell"):
        case "insatser":
            return lists.export(request, _goal_columns(told.years), goals, "insatser-per-delmal")
        case "indikatorer":
            return lists.export(request, _series_columns(told.years), series, "indikatorer-per-ar")
        case "lan" if table:
            columns = (
                Column("name", "Plats"),
                *(Column(row.code, f"{row.code} {row.name} ({row.unit})", "int") for row in table.sums),
            )
            return lists.export(request, columns, found.place_rows(table), f"indikatorer-{year}")
    return None


def _kept(name: str, at: int) -> Callable[[object], object]:
    return lambda row: getattr(row, name)[at]


def _told(name: str, at: int) -> Callable[[object], object]:
    return lambda row: getattr(row, name)(at)


def _goal_columns(years: Sequence[int]) -> tuple[Column, ...]:
    counts = [
        Column(f"{name}{at}", f"{heading} {year}", "int", _kept(name, at))
        for name, heading in (("initiatives", "Insatser"), ("examples", "Goda exempel"))
        for at, year in enumerate(years)
    ]
    return (Column("code", "Kod"), Column("name", "Delmål"), *counts)


def _series_columns(years: Sequence[int]) -> tuple[Column, ...]:
    figures = [
        Column(f"{name}{at}", f"{heading} {year}", "int", _told(name, at))
        for name, heading in (("total", "Summa"), ("answers", "Antal svar"))
        for at, year in enumerate(years)
    ]
    head = (("code", "Kod"), ("name", "Indikator"), ("unit", "Enhet"), ("definition", "Definition"))
    return (*(Column(*pair) for pair in head), *figures)


def _file_link(request: Request, name: str, kind: str) -> tuple[str, str]:
    query = {**request.GET.dict(), "tabell": name, "format": kind}
    return (kind.upper() if kind == "csv" else "Excel", f"?{urlencode(query)}")
