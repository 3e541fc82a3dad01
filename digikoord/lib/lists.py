"""A list's page: filtered, paged, and exported as it is shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import clock, columns, pages

if TYPE_CHECKING:
    from django_filters import FilterSet

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = (("CSV", "csv"), ("Excel", "xlsx"))
Rows: TypeAlias = QuerySet[Model, object] | Sequence[object]


def listing(
    request: HttpRequest,
    *,
    template: str,
    name: str,
    columns: Sequence[columns.Column],
    rows: Rows,
    filters: "type[FilterSet] | None" = None,
    **context: object,
) -> HttpResponse:
    """Render the rows, or send them as the file that `?format=` asks for.

    name     of the exported file, without its ending
    filters  a django-filter FilterSet class; a filter that makes no sense is shown with its fault
    """
    shown = filters(request.GET, queryset=rows, request=request) if filters else None
    found = shown.qs if shown else rows
    file = export(request, columns, found, name)
    if file:
        return file
    page = pages.paginate(request, found)
    given = {"columns": columns, "page": page, "filter": shown, "exports": exports(request)}
    return render(request, template, {**given, **context})


def export(
    request: HttpRequest, cells: Sequence[columns.Column], rows: Rows, name: str
) -> HttpResponse | None:
    """The file that `?format=csv` or `?format=xlsx` asks for; None where none is asked for."""
    match request.GET.get("format"):
        case "csv":
            return pages.download(columns.as_csv(cells, rows, mark=clock.mark()), f"{name}.csv", CSV)
        case "xlsx":
            content = columns.as_xlsx(cells, rows, name.capitalize(), mark=clock.mark())
            return pages.download(content, f"{name}.xlsx", XLSX)
    return None


def exports(request: HttpRequest) -> list[tuple[str, str]]:
    """(label, address) of the page's files, with the filter kept and the page number dropped."""
    links = []
    for label, kind in FORMATS:
        query = request.GET.copy()
        query.pop("page", None)
        query["format"] = kind
        links.append((label, f"?{query.urlencode()}"))
    return links
