from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import Actor, User
from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from programmes.models.scope import holds, reads_programme

from ..lifecycle.payment_account import LIVE, PAYMENT_ACCOUNT, Status
from .place import Place


class Giro(models.TextChoices):
    BANKGIRO = "bankgiro", "Bankgiro"
    PLUSGIRO = "plusgiro", "Plusgiro"


class Evidence(models.TextChoices):
    REGISTER = "register", "girots register"
    STATEMENT = "statement", "bankens styrkta intyg"


class Halt(NamedTuple):
    """What stops an account: since when, the bank's code, and the cause."""

    stopped_on: datetime.date
    code: str
    cause: str


class PaymentAccountQuerySet(Locking["PaymentAccount"]):
    def visible_to(self, user: User) -> PaymentAccountQuerySet:
        paid_from = Place.objects.filter(reads_programme(user, "programme"))
        return self.filter(holds(user, "actor") | Q(actor__in=paid_from.values("assignments__holder")))

    def live(self) -> PaymentAccountQuerySet:
        return self.filter(status__in=LIVE)


def in_use(actor: Actor) -> PaymentAccount | None:
    """The actor's payment account in use, verified or not, or None."""
    return next((row for row in actor.payment_accounts.all() if row.status in LIVE), None)


class PaymentAccount(Moving, models.Model):
    """Where an actor wants its money; unverified until a second person has checked it."""

    LIFECYCLE = PAYMENT_ACCOUNT
    LOCKS = ("actor",)

    actor = models.ForeignKey("actors.Actor", models.PROTECT, related_name="payment_accounts")
    giro = models.CharField("slag", max_length=20, choices=Giro)
    number = models.CharField("nummer", max_length=12)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.UNVERIFIED)
    entered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    entered_on = models.DateField("angiven")
    verified_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    verified_on = models.DateField("kontrollerad", null=True)
    evidence_kind = models.CharField("slag av underlag", max_length=20, choices=Evidence, blank=True)
    evidence = models.CharField("hur den kontrollerats", max_length=200, blank=True)

    objects = PaymentAccountQuerySet.as_manager()

    if TYPE_CHECKING:  # on rows of `accounts_with_state`
        halted_on: datetime.date | None
        halt_code: str
        halt_cause: str
        anew_by: int | None

    class Meta:
        ordering = ["actor", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor"],
                condition=Q(status__in=LIVE),
                name="account_one_live_an_actor",
                violation_error_message="Aktören har redan en gällande betalningsuppgift.",
            ),
            constraints.known_status("account_known_status", Status),
            constraints.together("account_verified", "verified_by", "verified_on"),
            constraints.different_people(
                "account_four_eyes",
                "verified_by",
                "entered_by",
                "Den som angett betalningsuppgiften kan inte kontrollera den.",
            ),
            constraints.rule(
                "account_known_evidence",
                Q(evidence_kind__in=["", *Evidence.values]),
                "Okänt slag av underlag.",
            ),
            constraints.needs(
                "account_verified_has_who",
                [Status.VERIFIED],
                "verified_by",
                sentence="En kontrollerad uppgift har någon som kontrollerat den.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_giro_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("grants:payment_account_detail", args=[self.pk])

    @property
    def is_verified(self) -> bool:
        return self.status == Status.VERIFIED

    @property
    def stop(self) -> Halt | None:
        """What stops it now, or None; of a row read `with_state` it asks nothing."""
        if "halted_on" in self.__dict__:
            return Halt(self.halted_on, self.halt_code, self.halt_cause) if self.halted_on else None
        found = self.stops.filter(lifted__isnull=True).values_list("stopped_on", "code", "cause").first()
        return Halt(*found) if found else None

    @property
    def vouched_by_id(self) -> int | None:
        """Who verified it last: anew, or the first time; None while nobody has."""
        if "anew_by" in self.__dict__:
            return self.anew_by or self.verified_by_id
        anew = self.verifications.order_by("-pk").values_list("verified_by_id", flat=True)
        return anew.first() or self.verified_by_id

    def subject(self) -> Subject:
        return Subject(
            label=f"{self} för {self.actor}",
            key=f"payment_account:{self.pk}",
            url=self.get_absolute_url(),
            holder=self.actor.code,
        )
