"""Which programmes a person knows of: its authorities, and whoever it has given or offered something."""

from django.db import models

from actors.models import User
from programmes.models.programme import Programme
from programmes.models.scope import holds, reads_programme

from ..lifecycle.assignment import KNOWN


def programmes_known_to(user: User) -> models.QuerySet[Programme]:
    """The programmes the person may read; may hold doubles."""
    held = Programme.objects.filter(
        holds(user, "places__assignments__holder"), places__assignments__status__in=KNOWN
    )
    return Programme.objects.filter(reads_programme(user) | models.Q(pk__in=held.values("pk")))
