from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import Actor, User
from digikoord.lib import constraints
from programmes.models.scope import holds, reads_programme


class Direction(models.TextChoices):
    IN = "in", "inkommen"
    OUT = "out", "utgående"
    DRAWN_UP = "drawn_up", "upprättad"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: User) -> "RegistrationQuerySet":
        """The programme's authorities read all of it, an actor what it sent or was sent."""
        return self.filter(reads_programme(user, "programme") | holds(user, "party"))


class Registration(models.Model):
    """A document that came in, went out or was drawn up, in the register of its programme.

    Never changed and never deleted. It points at its matter by words and key, like the trail. What it
    says is a paper (`document`), a text of ours (`body`, HTML as our templates wrote it), or stands on
    the page of the matter.
    """

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="registrations")
    number = models.PositiveIntegerField("nummer")
    on = models.DateField("dag")
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    party = models.ForeignKey("actors.Actor", models.PROTECT, null=True, related_name="registrations")
    party_name = models.CharField("avsändare eller mottagare", max_length=200)
    issuer = models.ForeignKey("actors.Actor", models.PROTECT, null=True, related_name="+")
    title = models.CharField("vad handlingen rör", max_length=200)
    case_number = models.CharField("diarienummer", max_length=40, blank=True)
    key = models.CharField("ärendet, nyckel", max_length=60)
    url = models.CharField("ärendets sida", max_length=200, blank=True)
    label = models.CharField("ärendet", max_length=200)
    place = models.CharField("plats", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("programår", null=True)
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, related_name="registrations")
    body = models.TextField("innehåll", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("registrerad")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        db_table = "grants_registration"
        ordering = ["programme", "-number"]
        indexes = [
            models.Index(fields=["programme", "place"], name="registration_place"),
            models.Index(fields=["key"], name="registration_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="registration_number_once"),
            constraints.rule(
                "registration_known_direction", Q(direction__in=Direction.values), "Okänd riktning."
            ),
            constraints.rule(
                "registration_one_content",
                Q(document__isnull=True) | Q(body=""),
                "En handling är en fil eller en text, inte båda.",
            ),
        ]

    def __str__(self) -> str:
        return f"Handling {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("overview:registration_detail", args=[self.pk])

    @property
    def letterhead(self) -> Actor:
        """Whose letter a text of ours is: the ministry's where nothing else is said."""
        return self.issuer or self.programme.ministry
