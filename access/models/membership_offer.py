from django.db import models
from django.db.models import F, Q

from actors.roles import Role
from actors.subject import Subject
from digikoord.lib import clock, constraints
from digikoord.lib.lifecycle import Moving

from ..lifecycle.membership_offer import MEMBERSHIP_OFFER, Status


class MembershipOfferQuerySet(models.QuerySet["MembershipOffer"]):
    def open(self) -> "MembershipOfferQuerySet":
        return self.filter(status=Status.OFFERED)


class MembershipOffer(Moving, models.Model):
    """A role at a party, offered to a person of another. Gives no right; becomes a membership when the person accepts.

    The party sees what its administrator wrote (`name`, `email`), never the person.
    """

    LIFECYCLE = MEMBERSHIP_OFFER

    person = models.ForeignKey("actors.User", models.PROTECT, related_name="offers")
    actor = models.ForeignKey("actors.Actor", models.PROTECT, related_name="+", verbose_name="part")
    role = models.CharField("roll", max_length=20, choices=Role)
    name = models.CharField("namn, som det skrevs", max_length=120)
    email = models.EmailField("e-post, som den skrevs")
    offered_by = models.ForeignKey(
        "actors.User", models.PROTECT, related_name="+", verbose_name="erbjuden av"
    )
    offered_on = models.DateField("erbjuden", default=clock.today)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.OFFERED)
    ended_on = models.DateField("besvarad", null=True)
    membership = models.OneToOneField("actors.Membership", models.PROTECT, null=True, related_name="+")

    objects = MembershipOfferQuerySet.as_manager()

    class Meta:
        db_table = "actors_membershipoffer"
        ordering = ["actor", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "actor", "role"],
                condition=Q(status=Status.OFFERED),
                name="membership_offer_open_once",
                violation_error_message="Personen är redan erbjuden den rollen.",
            ),
            constraints.known_status("membership_offer_known_status", Status),
            constraints.rule("membership_offer_known_role", Q(role__in=Role.values), "Okänd roll."),
            constraints.rule(
                "membership_offer_by_another",
                ~Q(person=F("offered_by")),
                "Ingen kan erbjuda sig själv en roll.",
            ),
            constraints.needs(
                "membership_offer_accepted_gives_one",
                [Status.ACCEPTED],
                "membership",
                "ended_on",
                sentence="En antagen roll är en behörighet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.actor}"

    def subject(self) -> Subject:
        label = f"{self.email}, {self}"[:200]
        return Subject(label=label, key=f"membership_offer:{self.pk}", url="", holder=self.actor.code)
