"""The last days that were given by extension (anstånd): they count instead of the programme's."""

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from digikoord.lib import calendar

from ..lifecycle.extension import Status
from ..models import Extension


def extended(kind, keys):
    """{key: last day to act} of the duties of the kind that were given a day of their own. One query."""
    rows = _granted(kind).filter(obligation__key__in=keys).order_by("due")
    days = rows.values_list("obligation__key", "due")
    return {key: calendar.last_day_to_act(due) for key, due in days}


def _granted(kind):
    return Extension.objects.filter(status=Status.GRANTED, obligation__kind=kind)


def own_day(kind, decided_by=None):
    """Part of a question about tranches: the nominal day that each was given, decided on by the day `decided_by`."""
    key = Concat(Value("tranche:"), Cast(OuterRef("pk"), CharField()))
    rows = _granted(kind).filter(obligation__key=key).order_by("-due")
    if decided_by:
        rows = rows.filter(decided_on__lte=decided_by)
    return Subquery(rows.values("due")[:1])


def last_day(kind, row, due):
    """The row's own last day to act, or that of the programme's day `due`."""
    key = row.subject().key
    return extended(kind, [key]).get(key) or calendar.last_day_to_act(due)
