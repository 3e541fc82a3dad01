import datetime

from django.db import models
from django.db.models import F, Q

from digikoord.lib import clock, constraints

from ..roles import Role
from ..subject import Subject


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: datetime.date) -> "MembershipQuerySet":
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Membership(models.Model):
    """A person holds a role at an actor for a time."""

    user = models.ForeignKey("actors.User", models.PROTECT, related_name="memberships")
    actor = models.ForeignKey("actors.Actor", models.PROTECT, related_name="memberships", verbose_name="part")
    role = models.CharField("roll", max_length=20, choices=Role)
    valid_from = models.DateField("från", default=clock.today)
    valid_to = models.DateField("till", null=True, blank=True)
    granted_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+", verbose_name="upplagd av")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["actor", "user", "role"]
        constraints = [
            constraints.in_order("membership_in_order", "valid_from", "valid_to"),
            constraints.rule("membership_known_role", Q(role__in=Role.values), "Okänd roll."),
            constraints.rule(
                "membership_by_another",
                ~Q(user=F("granted_by")),
                "Ingen kan ge sig själv en behörighet.",
            ),
            models.UniqueConstraint(
                fields=["user", "actor", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_open_once",
                violation_error_message="Personen har redan den rollen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.actor}"

    def subject(self) -> Subject:
        return Subject(label=str(self), key=f"membership:{self.pk}", url="", holder=self.actor.code)
