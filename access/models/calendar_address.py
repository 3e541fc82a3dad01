import hashlib

from django.db import models
from django.db.models import Q

from actors.subject import Subject
from digikoord.lib import clock


def digest(token: str) -> str:
    """What is kept of an address: who reads the database cannot open anybody's calendar."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def standing(self) -> "CalendarAddressQuerySet":
        return self.filter(revoked_at__isnull=True, person__is_active=True)

    def of_token(self, token: str) -> "CalendarAddress | None":
        return self.standing().filter(sha256=digest(token)).select_related("person").first()


class CalendarAddress(models.Model):
    """A person's secret address for calendar programs. One at a time; a new one revokes the old."""

    person = models.ForeignKey("actors.User", models.PROTECT, related_name="calendar_addresses")
    sha256 = models.CharField("adressens SHA-256", max_length=64, unique=True)
    made_at = models.DateTimeField("skapad", default=clock.now)
    revoked_at = models.DateTimeField("återkallad", null=True)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        db_table = "actors_calendaraddress"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_address_one_at_a_time",
                violation_error_message="Det finns redan en kalenderadress.",
            )
        ]

    def __str__(self) -> str:
        return f"kalenderadress, {self.person}"

    def subject(self) -> Subject:
        parties = [row.actor.code for row in self.person.memberships_now]
        return Subject(
            label=str(self), key=f"calendar_address:{self.pk}", url="", holder=parties[0] if parties else ""
        )
