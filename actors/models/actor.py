from django.db import models
from django.db.models import Q
from django.urls import reverse

from digikoord.lib import constraints

from ..subject import Subject


class ActorKind(models.TextChoices):
    COUNTY_ADMINISTRATIVE_BOARD = "county_administrative_board", "länsstyrelse"
    COUNTY_COUNCIL = "county_council", "landsting"
    COOPERATION_BODY = "cooperation_body", "samverkansorgan"
    MUNICIPALITY = "municipality", "kommun"
    REGION = "region", "region"
    AGENCY = "agency", "statlig myndighet"
    GOVERNMENT_OFFICES = "government_offices", "Regeringskansliet"


class ActorQuerySet(models.QuerySet["Actor"]):
    def ministry(self) -> "Actor | None":
        """Regeringskansliet, which is one party; None before any programme is loaded."""
        return self.filter(kind=ActorKind.GOVERNMENT_OFFICES).order_by("pk").first()


class Actor(models.Model):
    """A legal person. Organisation number and dates identify it, never its everyday name."""

    code = models.SlugField("kod", max_length=60, unique=True)
    kind = models.CharField("slag", max_length=40, choices=ActorKind.choices)
    legal_name = models.CharField("juridiskt namn", max_length=120)
    display_name = models.CharField("namn", max_length=120)
    org_nr = models.CharField("organisationsnummer", max_length=11, blank=True)
    org_nr_basis = models.CharField("källa för organisationsnummer", max_length=120, blank=True)
    signatures_required = models.PositiveSmallIntegerField("underskrifter som krävs", default=1)
    dissolved_on = models.DateField("upphörd", null=True, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["org_nr"],
                condition=~Q(org_nr=""),
                name="actor_org_nr_once",
                violation_error_message="Organisationsnumret används redan av en annan aktör.",
            ),
            constraints.rule(
                "actor_signs_alone_or_two_jointly",
                Q(signatures_required__in=(1, 2)),
                "En aktör företräds av en person ensam eller av två tillsammans.",
            ),
            constraints.rule(
                "actor_known_kind", Q(kind__in=ActorKind.values), "Okänt slag av juridisk person."
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_ministry(self) -> bool:
        return self.kind == ActorKind.GOVERNMENT_OFFICES

    def subject(self) -> Subject:
        url = reverse("access:membership_list", args=[self.code])
        return Subject(label=self.display_name, key=f"actor:{self.pk}", url=url, holder=self.code)
