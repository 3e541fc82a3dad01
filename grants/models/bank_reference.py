from django.db import models
from django.db.models import Q

from digikoord.lib import constraints


class Weight(models.TextChoices):
    """How much a reference says of which transaction it is: see grants/bank/camt054.py."""

    OWN = "own", "bankens egen"
    GIVEN = "given", "avsändarens"
    SHARED = "shared", "flera transaktioners"


class BankReference(models.Model):
    """One of the names that a line has, by which it is known again in another file."""

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    line = models.ForeignKey("grants.BankFileLine", models.PROTECT, related_name="references")
    value = models.CharField("referens", max_length=36)
    weight = models.CharField("slag", max_length=10, choices=Weight)

    class Meta:
        indexes = [models.Index(fields=["value", "programme"], name="bank_reference_value")]
        constraints = [
            models.UniqueConstraint(fields=["line", "value"], name="bank_reference_once"),
            constraints.rule("bank_reference_known_weight", Q(weight__in=Weight.values), "Okänt slag."),
        ]

    def __str__(self) -> str:
        return self.value
