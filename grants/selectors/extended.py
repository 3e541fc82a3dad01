"""The last days that were given by extension (anstånd): they count instead of the programme's."""

from digikoord.lib import calendar

from ..lifecycle.extension import Status
from ..models import Extension


def own_days(kinds, keys, decided_by=None):
    """{(kind, key): last day to act} of the duties that were given a day of their own, decided on by the day
    `decided_by`. One query."""
    rows = Extension.objects.filter(
        status=Status.GRANTED, obligation__kind__in=kinds, obligation__key__in=keys
    ).order_by("due")
    if decided_by:
        rows = rows.filter(decided_on__lte=decided_by)
    days = rows.values_list("obligation__kind", "obligation__key", "due")
    return {(kind, key): calendar.last_day_to_act(due) for kind, key, due in days}


def extended(kind, keys):
    """{key: last day to act} of the duties of one kind. One query."""
    return {key: day for (_kind, key), day in own_days([kind], keys).items()}


def last_day(kind, row, due):
    """The row's own last day to act, or that of the programme's day `due`."""
    key = row.subject().key
    return extended(kind, [key]).get(key) or calendar.last_day_to_act(due)
