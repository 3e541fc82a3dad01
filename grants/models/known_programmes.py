"""Which programmes a person knows of: its authorities, and whoever it has given or offered something."""

from django.db import models

from ..lifecycle.assignment import KNOWN
from .programme import Programme
from .scope import holds, reads_programme


def programmes_known_to(user) -> models.QuerySet[Programme]:
    """The programmes the person may read; may hold doubles."""
    held = Programme.objects.filter(
        holds(user, "places__assignments__holder"), places__assignments__status__in=KNOWN
    )
    return Programme.objects.filter(reads_programme(user) | models.Q(pk__in=held.values("pk")))
