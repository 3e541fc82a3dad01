import datetime
import hashlib

from django.db import models
from django.db.models import Q

from digikoord.lib import clock, constraints

LIFE = datetime.timedelta(days=1)


def good_until() -> datetime.datetime:
    return clock.now() + LIFE


class LinkQuerySet(models.QuerySet["Link"]):
    def good(self) -> "LinkQuerySet":
        """Those that still open something."""
        return self.filter(ended_at__isnull=True, good_until__gt=clock.now(), person__is_active=True)

    def of_key(self, key: str) -> "LinkQuerySet":
        return self.filter(digest=Link.digest_of(key))


class Link(models.Model):
    """A secret way in for one person: to choose a password. Known by its digest alone; a new one makes the earlier void."""

    person = models.ForeignKey("actors.User", models.PROTECT, related_name="links")
    # The letter it went out in; none, where the operator was given it
    letter = models.ForeignKey("duties.Letter", models.PROTECT, null=True, related_name="links")
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    made_at = models.DateTimeField("gjord", default=clock.now)
    good_until = models.DateTimeField("gäller till", default=good_until)
    ended_at = models.DateTimeField("upphörde", null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        db_table = "actors_link"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="link_open_once"
            ),
            constraints.in_order("link_in_order", "made_at", "good_until"),
        ]

    def __str__(self) -> str:
        return f"Länk till {self.person} {self.made_at:%Y-%m-%d}"

    @staticmethod
    def digest_of(key: str) -> str:
        return hashlib.sha256(key.encode()).hexdigest()
