"""The day on which an act really happened, where it is registered afterwards (late knowledge).

The trail keeps both: `at` is when it was registered, `effective_on` the day it happened.
"""

import datetime

from django.db.models import Max

from actors.subject import HasSubject
from digikoord.lib import clock
from digikoord.lib.verdict import Refused
from records.models import Event

from ..models import Assignment, Place

Ground = tuple[str, datetime.date | None]


def day_of(on: datetime.date | None, *rests_on: Ground, row: HasSubject | None = None) -> datetime.date:
    """The day of an act on the row: `on`, or today where nobody says another.

    It is never after today, nor before what it rests on: (what, as a sentence begins; its day), and what the trail last told of
    the row, where one is given. A draft is registered after it was dispatched on paper, so a dispatch gives none. Raises Refused
    at the field `on`.
    """
    today = clock.today()
    if on is None or on == today:
        return today
    if on > today:
        raise Refused("Dagen kan inte ligga i framtiden.", field="on")
    last = [("Det senaste som hände", _last_told(row))] if row else []
    for what, day in (*rests_on, *last):
        if day and on < day:
            raise Refused(f"{what} är från {day}. Det här kan inte ha skett före den dagen.", field="on")
    return on


def _last_told(row: HasSubject) -> datetime.date | None:
    """Days to come are left out: what is told in advance has not happened yet."""
    told = Event.objects.about(row.subject().key).filter(effective_on__lte=clock.today())
    last: datetime.date | None = told.aggregate(last=Max("effective_on"))["last"]
    return last


def of_place(place: Place) -> Ground:
    """When the place was last given, left or taken back: an offer is no older than that it was free."""
    told = Event.objects.filter(
        programme=place.programme.code, place=place.code, verb__startswith="assignment."
    ).filter(effective_on__lte=clock.today())
    return f"Det senaste om {place}", told.aggregate(last=Max("effective_on"))["last"]


def of_assignment(assignment: Assignment) -> Ground:
    """Since when the actor is bound."""
    if assignment.is_offer:
        return "Svaret på erbjudandet", assignment.answered_on
    return "Expedieringen av beslutet", assignment.decision.dispatched_on
