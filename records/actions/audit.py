"""Writes the trail, inside the transaction of the act it tells of."""

import datetime
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.db import models

from actors.models import ConflictStep, User
from actors.subject import HasSubject, Subject
from digikoord.lib import clock, locks
from digikoord.lib.verdict import Refused

from ..happened import Happened
from ..models import Event


@locks.part_of_act
def record(happened: Happened, row: HasSubject, *, by: User, on: datetime.date | None = None) -> Event:
    """Tell what `by` did to the row; `on` is the day it takes effect (default today).

    A step that was taken though the person has declared a conflict of interest says under which lift.
    """
    subject = row.subject()
    facts = facts_of(happened)
    lift = _lift(happened, subject, by)
    if lift:
        facts["lifted"] = {
            "ground": lift.citation,
            "by": lift.decided_by.name,
            "on": lift.decided_on.isoformat(),
        }
    event = Event.objects.create(
        verb=happened.verb,
        effective_on=on or clock.today(),
        by_key=by.pk,
        by_name=by.name,
        by_party=by.party,
        label=subject.label,
        key=subject.key,
        url=subject.url,
        programme=subject.programme,
        place=subject.place,
        place_label=subject.place_label,
        holder=subject.holder,
        year=subject.year,
        facts=facts,
    )
    if lift:
        _use(lift, event, by)
    return event


def _lift(happened: Happened, subject: Subject, by: User) -> ConflictStep | None:
    """The lift under which somebody with a declared conflict takes the step that is told of."""
    step = happened.as_step
    if step is None:
        return None
    rows = by.steps_lifted
    return next((row for row in rows if row.is_for(step, subject) and row.actor.code == subject.holder), None)


def _use(lift: ConflictStep, event: Event, by: User) -> None:
    """It is for one step: whoever comes second with the same lift is refused."""
    rows = ConflictStep.objects.filter(pk=lift.pk).unused()
    if not rows.update(used_on=clock.today(), used_event=event.pk):
        raise Refused(f"Hävningen av jävet är redan använd: {lift}.")
    by.forget_ties()


def facts_of(happened: Happened) -> dict[str, Any]:  # JSON
    """The facts as they are kept: codes, numbers, days as ISO and names. What may be left unsaid, and is, is not there."""
    told = ((field.name, getattr(happened, field.name), field.default) for field in fields(happened))
    return {name: _plain(value) for name, value, default in told if value is not None or default is not None}


def _plain(value: Any) -> Any:  # JSON
    """As text as it stood that day: amounts with two decimals, days as ISO, rows by name."""
    match value:
        case Decimal():
            return f"{value:.2f}"
        case datetime.date():
            return value.isoformat()
        case models.Model():
            return str(value)
        case list() | tuple():
            return [_plain(item) for item in value]
    return value
