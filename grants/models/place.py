from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import User
from digikoord.lib import constraints
from digikoord.lib.locks import Locking
from programmes.models.scope import holds, reads_programme

from ..lifecycle.assignment import KNOWN, LIVE


class Part(models.TextChoices):
    RECIPIENT = "recipient", "aktör"
    SECRETARIAT = "secretariat", "nationellt sekretariat"


class PlaceQuerySet(Locking["Place"]):
    def without_holder(self) -> PlaceQuerySet:
        return self.exclude(assignments__status__in=LIVE)

    def visible_to(self, user: User) -> PlaceQuerySet:
        held = self.filter(holds(user, "assignments__holder"), assignments__status__in=KNOWN)
        return self.filter(reads_programme(user, "programme") | Q(pk__in=held.values("pk")))


class Place(models.Model):
    """A county's, or the secretariat's, seat in a programme. Legal persons hold it in turn."""

    LOCKS = ()

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="places")
    code = models.CharField("kod", max_length=20)
    name = models.CharField("plats", max_length=120)
    county = models.ForeignKey("actors.County", models.PROTECT, null=True, blank=True)
    part = models.CharField("del", max_length=20, choices=Part)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "part", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="place_once"),
            constraints.rule("place_known_part", Q(part__in=Part.values), "Okänd del."),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("overview:place_detail", args=[self.programme.code, self.code])

    @property
    def is_secretariat(self) -> bool:
        return self.part == Part.SECRETARIAT
