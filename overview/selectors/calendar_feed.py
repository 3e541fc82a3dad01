"""A person's open duties and the programme's common days, as a calendar program reads them (RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from digikoord.lib import clock
from duties.models import Obligation
from duties.selectors.duties import codes_read
from grants.selectors.years import days_of, visible_programmes

if TYPE_CHECKING:
    from actors.models import User


def feed(user: User) -> bytes:
    """The calendar as bytes. What is met or has fallen away is left out, so that nobody is bothered by it."""
    calendar = Calendar()
    calendar.add("prodid", "-//digikoord//kalender//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", " – ".join(filter(None, ["digikoord", clock.mark()])))
    for duty in _mine(user):
        calendar.add_component(_duty(duty))
    for event in _common(user):
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _mine(user: User) -> list[Obligation]:
    rows = Obligation.objects.open().visible_to(user, codes_read(user)).filter(act_by__isnull=False)
    return [row for row in rows.select_related("debtor") if row.is_for(user)]


def _duty(duty: Obligation) -> Event:
    where = f", {duty.place_label}" if duty.place_label else ""
    event = _event(
        f"duty-{duty.pk}", f"{duty.label}{where}", cast("datetime.date", duty.act_by), duty.changed_at
    )
    event.add("sequence", duty.moves)
    event.add("url", settings.SITE_URL + reverse("duties:duty_detail", args=[duty.pk]))
    moved = f" Flyttad från {duty.due} enligt {duty.ground}." if duty.due != duty.act_by else ""
    event.add("description", f"{duty.debtor}, {duty.get_role_display()}.{moved}")
    return event


def _common(user: User) -> Iterator[Event]:
    for programme in visible_programmes(user):
        made = datetime.datetime.combine(programme.definition.programme.starts, datetime.time(), datetime.UTC)
        for year in programme.years.order_by("year"):
            for at, day in enumerate(days_of(year)):
                if day.due:
                    label = f"{programme.short_name} {year}: {day.label}"
                    yield _event(f"year-{year.pk}-{at}", label, cast("datetime.date", day.day), made)


def _event(uid: str, summary: str, day: datetime.date, changed: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@digikoord")
    event.add("summary", f"{clock.mark()}: {summary}" if clock.mark() else summary)
    event.add("dtstart", day)
    if day < datetime.date.max:
        event.add("dtend", day + datetime.timedelta(days=1))
    for name in ("dtstamp", "last-modified"):
        event.add(name, changed.astimezone(datetime.UTC))
    event.add("transp", "TRANSPARENT")
    return event
