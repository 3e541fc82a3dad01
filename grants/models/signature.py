from __future__ import annotations

from django.db import models
from django.db.models import Q

from digikoord.lib import clock, constraints


class Answer(models.TextChoices):
    """The names are the moves that the answer makes."""

    ACCEPT = "accept", "tackar ja"
    DECLINE = "decline", "tackar nej"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def standing(self) -> SignatureQuerySet:
        return self.filter(stands=True)


class Signature(models.Model):
    """One signatory's answer to an offer, with the exact text that was answered.

    A signature no longer `stands` when it was withdrawn or when the offer was opened again.
    """

    assignment = models.ForeignKey("grants.Assignment", models.PROTECT, related_name="signatures")
    answer = models.CharField("svar", max_length=10, choices=Answer)
    person = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    name = models.CharField("namn", max_length=120)
    title = models.CharField("titel", max_length=120, blank=True)
    at = models.DateTimeField("tidpunkt", default=clock.now)
    text = models.TextField("besvarad text")
    sha256 = models.CharField("SHA-256", max_length=64)
    reason = models.TextField("skäl", blank=True)
    stands = models.BooleanField("gäller", default=True)
    registered_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, related_name="signatures")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["assignment", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "person"],
                condition=Q(stands=True, person__isnull=False),
                name="signature_once_a_person",
                violation_error_message="Du har redan skrivit under svaret.",
            ),
            constraints.rule(
                "signature_known_answer", Q(answer__in=Answer.values), "Svaret är ett ja eller ett nej."
            ),
            constraints.rule(
                "signature_own_or_registered",
                Q(person__isnull=False, registered_by__isnull=True)
                | Q(person__isnull=True, registered_by__isnull=False),
                "En underskrift är ens egen, eller registrerad från papper.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name
