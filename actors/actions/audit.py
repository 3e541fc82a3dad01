"""Writes the trail, inside the transaction of the act it tells of."""

import datetime
from decimal import Decimal

from django.db import models

from digikoord.lib import clock, locks

from ..models import Event


@locks.part_of_act
def record(verb, row, *, by, on=None, **facts):
    """Tell that `by` did `verb` to the row; `on` is the day it takes effect (default today).

    Facts are kept as text as they stood that day: amounts with two decimals, days as ISO, rows by
    name.
    """
    subject = row.subject()
    return Event.objects.create(
        verb=verb,
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
        facts={name: _plain(value) for name, value in facts.items()},
    )


def _plain(value):
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
