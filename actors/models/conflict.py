import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from digikoord.lib import clock, constraints

from ..subject import Subject

if TYPE_CHECKING:
    from .user import User


class ConflictQuerySet(models.QuerySet["ConflictOfInterest"]):
    def open(self) -> "ConflictQuerySet":
        return self.filter(lifted_on__isnull=True)

    def visible_to(self, user: "User") -> "ConflictQuerySet":
        """One's own, and those of everybody at the parties one belongs to."""
        colleagues = Q(person__memberships__actor__in=list(user.acting_for))
        return self.filter(Q(person=user) | colleagues).distinct()


class ConflictOfInterest(models.Model):
    """Somebody has declared a conflict of interest (jäv) for an actor: förvaltningslagen 16–18 §§.

    It stands until another person has examined and lifted it; who has examined it and let it stand is
    `upheld_by`. Declared for an actor, it is carried over to whoever succeeds that actor (`follows`).
    Nothing is deleted.
    """

    person = models.ForeignKey("actors.User", models.PROTECT, related_name="conflicts", verbose_name="person")
    actor = models.ForeignKey("actors.Actor", models.PROTECT, related_name="conflicts", verbose_name="aktör")
    reason = models.TextField("skäl")
    declared_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    declared_on = models.DateField("anmält", default=clock.today)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="följer av jäv för företrädaren"
    )
    upheld_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    upheld_on = models.DateField("prövat, står kvar", null=True)
    uphold_reason = models.TextField("varför det står kvar", blank=True)
    lifted_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    lifted_on = models.DateField("hävt", null=True)
    lift_reason = models.TextField("varför det hävts", blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = [F("lifted_on").desc(nulls_first=True), "-declared_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "actor"],
                condition=Q(lifted_on__isnull=True),
                name="conflict_open_once",
                violation_error_message="Jäv är redan anmält för aktören.",
            ),
            constraints.together("conflict_lifted", "lifted_by", "lifted_on"),
            constraints.different_people(
                "conflict_lifted_by_another",
                "lifted_by",
                "person",
                "Den som anmält jäv kan inte själv häva det.",
            ),
            constraints.rule(
                "conflict_lifted_with_reason",
                Q(lifted_on__isnull=True, lift_reason="") | (Q(lifted_on__isnull=False) & ~Q(lift_reason="")),
                "Ett hävt jäv har ett skäl.",
            ),
            constraints.in_order("conflict_in_order", "declared_on", "lifted_on"),
            constraints.together("conflict_upheld", "upheld_by", "upheld_on"),
            constraints.different_people(
                "conflict_upheld_by_another",
                "upheld_by",
                "person",
                "Den som anmält jäv kan inte själv pröva det.",
            ),
            constraints.rule(
                "conflict_upheld_with_reason",
                Q(upheld_on__isnull=True, uphold_reason="")
                | (Q(upheld_on__isnull=False) & ~Q(uphold_reason="")),
                "Ett jäv som står kvar har ett skäl.",
            ),
        ]

    def __str__(self) -> str:
        return f"jäv för {self.actor}, {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("access:conflict_list")

    @property
    def outcome(self) -> str:
        if self.lifted_on:
            return "Hävt"
        return "Står kvar" if self.upheld_on else "Inte prövat"

    @property
    def examined_on(self) -> datetime.date | None:
        return self.lifted_on or self.upheld_on

    @property
    def examined_by(self) -> "User | None":
        return self.lifted_by or self.upheld_by

    @property
    def finding(self) -> str:
        """Why it was lifted, or left to stand."""
        return self.lift_reason or self.uphold_reason

    def subject(self) -> Subject:
        """Read by the person's own party, not by the actor."""
        parties = [row.actor.code for row in self.person.memberships_now]
        return Subject(
            label=str(self),
            key=f"conflict:{self.pk}",
            url=self.get_absolute_url(),
            holder=parties[0] if parties else "",
        )
