import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking

from ..lifecycle.succession import SUCCESSION, Status
from ..subject import Subject


class SuccessionQuerySet(Locking["Succession"]):
    def heirs(self, day: datetime.date) -> dict[int, set[int]]:
        """{actor id: ids of those who answer for it} for each that was dissolved by the day.

        A successor that has itself been dissolved hands on what it answered for.
        """
        rows = self.filter(status=Status.REGISTERED, predecessor_dissolved=True, effective_on__lte=day)
        pairs = list(rows.values_list("predecessor", "successor"))
        return {predecessor: _after(predecessor, pairs) for predecessor, _successor in pairs}


def _after(actor: int, pairs: Iterable[tuple[int, int]]) -> set[int]:
    """All who come after the actor, step by step; one that comes back ends the walk."""
    found: set[int] = set()
    ahead = {actor}
    while ahead:
        ahead = {successor for predecessor, successor in pairs if predecessor in ahead} - found
        found |= ahead
    return found


class Succession(Moving, models.Model):
    """On a day one legal person succeeds another."""

    LIFECYCLE = SUCCESSION
    LOCKS = ()

    predecessor = models.ForeignKey(
        "actors.Actor", models.PROTECT, related_name="succeeded_by", verbose_name="företrädare"
    )
    successor = models.ForeignKey(
        "actors.Actor", models.PROTECT, related_name="successions", verbose_name="efterträdare"
    )
    effective_on = models.DateField("gäller från")
    legal_basis = models.CharField("rättslig grund", max_length=200, blank=True)
    predecessor_dissolved = models.BooleanField("företrädaren har upphört", default=False)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.PLANNED)
    registered_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, related_name="+", verbose_name="registrerad av"
    )
    registered_on = models.DateField("registrerad", null=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["effective_on", "predecessor__code"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "effective_on"], name="succession_once_a_day"),
            constraints.rule(
                "succession_two_actors",
                ~Q(predecessor=F("successor")),
                "En aktör kan inte efterträda sig själv.",
            ),
            constraints.known_status("succession_known_status", Status),
            constraints.together("succession_registered", "registered_by", "registered_on"),
            constraints.needs(
                "succession_registered_has_who",
                [Status.REGISTERED],
                "registered_by",
                sentence="En registrerad övergång har någon som registrerat den.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    def subject(self) -> Subject:
        return Subject(label=str(self), key=f"succession:{self.pk}", url="")
