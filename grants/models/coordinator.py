from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import clock, constraints
from digikoord.lib.locks import Locking
from programmes.models.scope import holds, reads_programme

from ..subject import for_place


class Function(models.TextChoices):
    ORDINARY = "ordinary", "ordinarie"
    DEPUTY = "deputy", "ställföreträdande"


class CoordinatorQuerySet(Locking["Coordinator"]):
    def visible_to(self, user: User) -> CoordinatorQuerySet:
        return self.filter(
            reads_programme(user, "assignment__place__programme") | holds(user, "assignment__holder")
        )

    def begun(self) -> CoordinatorQuerySet:
        """Those whose first day came before the assignment's end: nobody serves after it, whatever was appointed."""
        return self.filter(Q(assignment__ends__isnull=True) | Q(assignment__ends__gte=F("starts")))

    def serving_on(self, day: datetime.date) -> CoordinatorQuerySet:
        rows = self.filter(starts__lte=day).filter(Q(ends__isnull=True) | Q(ends__gte=day))
        return rows.filter(Q(assignment__ends__isnull=True) | Q(assignment__ends__gte=day))

    def overlapping(self, starts: datetime.date, ends: datetime.date | None) -> CoordinatorQuerySet:
        """Appointments with a day in common with the period; `ends` None is open."""
        rows = self.begun().filter(Q(ends__isnull=True) | Q(ends__gte=starts))
        return rows.filter(starts__lte=ends) if ends else rows


class Coordinator(models.Model):
    """An appointment of a person as regional digitaliseringskoordinator."""

    LOCKS = ("assignment__place", "assignment")

    assignment = models.ForeignKey("grants.Assignment", models.PROTECT, related_name="coordinators")
    name = models.CharField("namn", max_length=120)
    email = models.EmailField("e-post i tjänsten")
    phone = models.CharField("telefon", max_length=40, blank=True)
    phone_public = models.BooleanField("telefonen får visas", default=False)
    share = models.PositiveSmallIntegerField(
        "andel av heltid, procent",
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    function = models.CharField("funktion", max_length=20, choices=Function, default="ordinary")
    starts = models.DateField("från")
    ends = models.DateField("till", null=True, blank=True)
    appointed_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "starts", "pk"]
        constraints = [
            constraints.in_order("coordinator_in_order", "starts", "ends"),
            constraints.rule(
                "coordinator_share",
                Q(share__gte=1, share__lte=100),
                "Andelen är mellan 1 och 100 procent.",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(ends__isnull=True, function=Function.ORDINARY),
                name="coordinator_one_open",
                violation_error_message="Det finns redan en koordinator utan slutdag.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_begun(self) -> bool:
        """Whether the assignment lasted to the first day; else the appointment was never of use."""
        return self.assignment.ends is None or self.starts <= self.assignment.ends

    @property
    def last_day(self) -> datetime.date | None:
        """Its own last day, or the assignment's once that is past; None while it runs on."""
        ended = self.assignment.ends
        return ended if self.ends is None and ended and ended < clock.today() else self.ends

    def serves_on(self, day: datetime.date) -> bool:
        return self.starts <= day and (self.ends is None or self.ends >= day)

    def subject(self) -> Subject:
        return for_place(
            self.assignment.place,
            self.assignment.holder,
            label=self.name,
            key=f"coordinator:{self.pk}",
            url=reverse("grants:assignment_detail", args=[self.assignment_id]),
        )
