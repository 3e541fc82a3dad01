"""The programme's calendar: a month at a time, and the same days as a list."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, TypedDict

from django.http import HttpResponse
from django.shortcuts import render

from digikoord.lib import clock, lists
from digikoord.lib.columns import Column
from duties.models import Obligation
from duties.selectors.duties import codes_read
from grants import selectors

from ..forms.calendar import CalendarFilterForm
from ..selectors.calendar_page import entries_of, month

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request
    from programmes.models import Programme


COLUMNS = (
    Column("label", "Vad", link=lambda row: row.url),
    Column("day", "Sista dag", "date"),
    Column("due", "Enligt beslut", "date"),
    Column("who", "Vem", value=lambda row: row.who or None),
    Column("place", "Plats", value=lambda row: row.place or None),
    Column(
        "outcome",
        "Utfall",
        value=lambda row: {"done": "Fullgjord", "void": "Bortfallen"}.get(row.outcome),
    ),
)
FURTHEST = 100  # years from today that the calendar is turned to
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


class Choices(TypedDict):
    """What there is to choose among: (value, label)."""

    kinds: list[tuple[str, str]]
    counties: list[tuple[str, str]]


def calendar(request: Request, programme: str) -> HttpResponse:
    found = selectors.programme_or_404(request.user, programme)
    form = CalendarFilterForm(request.GET, **_choices(request.user, found))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = entries_of(
        request.user,
        found,
        closed=asked.get("stangda", False),
        kind=asked.get("slag", ""),
        county=asked.get("lan", ""),
    )
    file = lists.export(request, COLUMNS, rows, "kalender")
    if file:
        return file
    first = _month_asked(request)
    within = [row for row in rows if (row.day.year, row.day.month) == (first.year, first.month)]
    before = (first - datetime.timedelta(days=1)).replace(day=1)
    after = (first + datetime.timedelta(days=32)).replace(day=1)
    return render(
        request,
        "overview/calendar.html",
        {
            "programme": found,
            "form": form,
            "first": first,
            "weeks": month(within, first),
            "entries": within,
            "weekdays": WEEKDAYS,
            "before": (before, _link(request, before)),
            "after": (after, _link(request, after)),
            "exports": lists.exports(request),
        },
    )


def _choices(user: User, programme: Programme) -> Choices:
    """The kinds and places of the duties that the person may read."""
    rows = Obligation.objects.visible_to(user, codes_read(user)).filter(programme=programme.code)
    found = list(rows.order_by().values_list("kind", "label", "place", "place_label").distinct())
    kinds = {
        kind: " ".join(word for word in label.split() if not word.isdigit()) for kind, label, *_ in found
    }
    places = {place: label for *_, place, label in found if place}
    return {
        "kinds": sorted(kinds.items(), key=lambda row: row[1]),
        "counties": sorted(places.items()),
    }


def _month_asked(request: Request) -> datetime.date:
    """The month of `?manad=2019-03`; today's without one, or where it is none or nobody's."""
    today = clock.today().replace(day=1)
    try:
        asked = datetime.date.fromisoformat(f"{request.GET.get('manad', '')}-01")
    except ValueError:
        return today
    return asked if abs(asked.year - today.year) <= FURTHEST else today


def _link(request: Request, first: datetime.date) -> str:
    query = request.GET.copy()
    query["manad"] = f"{first:%Y-%m}"
    return f"?{query.urlencode()}"
