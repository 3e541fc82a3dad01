from typing import cast

from django.db import models
from django.db.models import Q

from actors.models import Actor, ActorKind
from digikoord.lib import constraints
from digikoord.lib.money import kr

from .place import Part

STATE: tuple[str, ...] = (ActorKind.AGENCY, ActorKind.COUNTY_ADMINISTRATIVE_BOARD)


class AmendmentKind(models.TextChoices):
    OFFER = "offer", "nytt erbjudande"
    CEILING = "ceiling", "nytt högsta belopp"
    DAY = "day", "ny dag"


class Day(models.TextChoices):
    """The days a decision can change; all but the last are fields of a ProgrammeYear."""

    REQUISITION_FROM = "requisition_from", "Rekvisition från"
    REQUISITION_TO = "requisition_to", "Rekvisition senast"
    REPORT_DUE = "report_due", "Redovisning senast"
    REPAY_DUE = "repay_due", "Återbetalning senast"
    COMPILATION_DUE = "compilation_due", "Sammanställning senast"
    ANSWER_DUE = "answer_due", "Sista svarsdag för de öppna erbjudandena"


class Amendment(models.Model):
    """One thing that a government decision changes; nothing happens until the decision is dispatched."""

    decision = models.ForeignKey("grants.GovernmentDecision", models.CASCADE, related_name="amendments")
    kind = models.CharField("slag", max_length=10, choices=AmendmentKind)
    place = models.ForeignKey("grants.Place", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey("actors.Actor", models.PROTECT, null=True, related_name="+")
    starts = models.DateField("från", null=True)
    ends = models.DateField("till", null=True)
    year = models.ForeignKey("grants.ProgrammeYear", models.PROTECT, null=True, related_name="+")
    part = models.CharField("del", max_length=20, choices=Part, blank=True)
    amount = models.DecimalField("högsta belopp", max_digits=14, decimal_places=2, null=True)
    field = models.CharField("dag som ändras", max_length=20, choices=Day, blank=True)
    day = models.DateField("ny dag", null=True)
    added_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "place"],
                condition=Q(kind=AmendmentKind.OFFER),
                name="amendment_offer_once",
                violation_error_message="Beslutet ger redan platsen en innehavare.",
            ),
            models.UniqueConstraint(
                fields=["decision", "year", "place"],
                condition=Q(kind=AmendmentKind.CEILING, place__isnull=False),
                name="amendment_place_ceiling_once",
                violation_error_message="Beslutet ändrar redan platsens belopp för året.",
            ),
            models.UniqueConstraint(
                fields=["decision", "year", "part"],
                condition=Q(kind=AmendmentKind.CEILING, place__isnull=True),
                name="amendment_part_ceiling_once",
                violation_error_message="Beslutet ändrar redan beloppet för året.",
            ),
            models.UniqueConstraint(
                fields=["decision", "year", "field"],
                condition=Q(kind=AmendmentKind.DAY, year__isnull=False),
                name="amendment_day_once",
                violation_error_message="Beslutet ändrar redan den dagen.",
            ),
            models.UniqueConstraint(
                fields=["decision", "field"],
                condition=Q(kind=AmendmentKind.DAY, year__isnull=True),
                name="amendment_answer_day_once",
                violation_error_message="Beslutet ändrar redan svarsdagen.",
            ),
            constraints.rule(
                "amendment_says_what",
                Q(kind=AmendmentKind.OFFER, place__isnull=False, actor__isnull=False, starts__isnull=False)
                | Q(
                    kind=AmendmentKind.CEILING, year__isnull=False, amount__isnull=False, part__in=Part.values
                )
                | (
                    Q(kind=AmendmentKind.DAY, day__isnull=False, field__in=Day.values)
                    & (
                        Q(field=Day.ANSWER_DUE, year__isnull=True)
                        | (~Q(field=Day.ANSWER_DUE) & Q(year__isnull=False))
                    )
                ),
                "Ändringen säger inte vad den ändrar.",
            ),
            constraints.not_negative("amendment_amount_not_negative", "amount"),
            constraints.in_order("amendment_in_order", "starts", "ends"),
        ]

    def __str__(self) -> str:
        match self.kind:
            case AmendmentKind.OFFER:
                form = "Uppdrag" if self.is_assignment else "Erbjudande"
                return f"{form} till {self.actor} för {self.place}, {self.starts} – {self.ends or ''}"
            case AmendmentKind.CEILING:
                return f"Högsta belopp {self.year} för {self.whom}: {kr(self.amount)}"
        year = f" {self.year}" if self.year_id else ""
        return f"{self.get_field_display()}{year}: {self.day}"

    @property
    def is_assignment(self) -> bool:
        """A state agency is given an assignment; everyone else gets an offer."""
        return cast("Actor", self.actor).kind in STATE

    @property
    def whom(self) -> str:
        if self.place_id:
            return str(self.place)
        return "sekretariatet" if self.part == Part.SECRETARIAT else "varje aktör"
