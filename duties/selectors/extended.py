"""The last days that were given by extension (anstånd): they count instead of the programme's."""

import datetime
from collections.abc import Iterable
from typing import cast

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from actors.subject import HasSubject
from digikoord.lib.calendar import LastDay

from ..lifecycle.extension import Status
from ..models import Extension


def extended(kind: str, keys: Iterable[str]) -> dict[str, LastDay]:
    """{key: its LastDay} of the duties of the kind that were given a day of their own. One query."""
    rows = _granted(kind).filter(obligation__key__in=keys).order_by("due")
    days = rows.values_list("obligation__key", "due", "obligation__ground")
    return {key: LastDay(cast(datetime.date, due), ground) for key, due, ground in days}


def _granted(kind: str) -> QuerySet[Extension]:
    return Extension.objects.filter(status=Status.GRANTED, obligation__kind=kind)


def own_day(kind: str, decided_by: datetime.date | None = None) -> Subquery:
    """Part of a question about tranches: the nominal day that each was given, decided on by the day `decided_by`."""
    key = Concat(Value("tranche:"), Cast(OuterRef("pk"), CharField()))
    rows = _granted(kind).filter(obligation__key=key).order_by("-due")
    if decided_by:
        rows = rows.filter(decided_on__lte=decided_by)
    return Subquery(rows.values("due")[:1])


def last_day(kind: str, row: HasSubject, common: LastDay) -> LastDay:
    """The row's own last day, or the programme's `common` one."""
    key = row.subject().key
    return extended(kind, [key]).get(key) or common
