"""The last days that were given by extension (anstånd): they count instead of the programme's."""

from digikoord.lib import calendar

from ..lifecycle.extension import Status
from ..models import Extension


def extended(kind, keys):
    """{key: last day to act} of the duties of the kind that were given a day of their own. One query."""
    rows = Extension.objects.filter(
        status=Status.GRANTED, obligation__kind=kind, obligation__key__in=keys
    ).order_by("due")
    days = rows.values_list("obligation__key", "due")
    return {key: calendar.last_day_to_act(due) for key, due in days}


def last_day(kind, row, due):
    """The row's own last day to act, or that of the programme's day `due`."""
    key = row.subject().key
    return extended(kind, [key]).get(key) or calendar.last_day_to_act(due)
