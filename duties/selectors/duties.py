"""A duty's own page: what is owed, by whom, and its story."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from actors.models import User
from digikoord.lib.calendar import LastDay
from programmes.selectors.programmes import programmes_read_whole
from records.models import Event

from ..models import Extension, Obligation


def codes_read(user: User) -> list[str]:
    """The codes of the programmes that the person reads all of."""
    return [row.code for row in programmes_read_whole(user)]


def duties_of(user: User) -> QuerySet[Obligation]:
    """Every duty the person may read: their parties' own, and those of the programmes they read all of."""
    return Obligation.objects.visible_to(user, codes_read(user)).select_related("debtor", "extender")


def duty_or_404(user: User, pk: int) -> Obligation:
    return get_object_or_404(duties_of(user), pk=pk)


def extension_or_404(user: User, pk: int) -> Extension:
    rows = Extension.objects.visible_to(user, codes_read(user))
    return get_object_or_404(
        rows.select_related("obligation__debtor", "obligation__extender", "asked_by"), pk=pk
    )


def extensions_of(duty: Obligation) -> list[Extension]:
    """The requests for a later day, the latest first."""
    rows = list(duty.extensions.select_related("asked_by", "decided_by"))
    for row in rows:
        row.obligation = duty
    return rows


def story_of(duty: Obligation, extensions: Iterable[Extension]) -> QuerySet[Event]:
    """What happened to what the duty is about while it was open, and to its requests for a later day."""
    keys = [duty.key, *(row.subject().key for row in extensions)]
    rows = Event.objects.filter(key__in=keys, at__date__gte=duty.opened_on)
    return rows.filter(at__date__lte=duty.closed_on) if duty.closed_on else rows


def passes(duty: Obligation, day: datetime.date | None) -> str:
    """The sentence that warns when a last day comes after the one that waits for it; else nothing."""
    if not duty.limit or day is None or LastDay(day, duty.ground).day <= duty.limit:
        return ""
    return f"Dagen passerar {duty.limit}, då sammanställningen ska vara överlämnad."
