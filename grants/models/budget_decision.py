from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from actors.models import User
from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from programmes.models import Programme
from programmes.models.scope import reads_programme
from programmes.subject import for_programme

from ..lifecycle.budget_decision import BUDGET_DECISION, Status
from .place import Part

if TYPE_CHECKING:
    from .place import Place
    from .programme_year import ProgrammeYear


class BudgetKind(models.TextChoices):
    FRAME = "frame", "rambeslut"
    APPROPRIATION = "appropriation", "anslagsbeslut"
    AMENDING = "amending", "ändringsbeslut"


class Outcome(models.TextChoices):
    AS_PROPOSED = "as_proposed", "som föreslaget"
    CHANGED = "changed", "ändrat belopp"
    REJECTED = "rejected", "avslag"


NO_CEILINGS = Q(recipient_ceiling__isnull=True, secretariat_ceiling__isnull=True)


class BudgetDecisionQuerySet(Locking["BudgetDecision"]):
    def visible_to(self, user: User) -> BudgetDecisionQuerySet:
        return self.filter(reads_programme(user, "year__programme"))

    def deciding(self) -> BudgetDecisionQuerySet:
        """Confirmed decisions on the appropriation; a frame never fulfils the condition."""
        return self.filter(status=Status.CONFIRMED).exclude(kind=BudgetKind.FRAME)


class BudgetDecision(Moving, models.Model):
    """The Riksdag's decision on a year's money, cited as prop., utg.omr., bet., rskr."""

    LIFECYCLE = BUDGET_DECISION
    LOCKS = ("year",)

    year = models.ForeignKey("grants.ProgrammeYear", models.PROTECT, related_name="budget_decisions")
    kind = models.CharField("slag", max_length=20, choices=BudgetKind)
    outcome = models.CharField("utfall", max_length=20, choices=Outcome)
    proposition = models.CharField("proposition", max_length=40)
    expenditure_area = models.CharField("utgiftsområde", max_length=40)
    committee_report = models.CharField("betänkande", max_length=40)
    riksdag_letter = models.CharField("riksdagsskrivelse", max_length=40)
    decided_on = models.DateField("beslutsdag")
    recipient_ceiling = models.DecimalField(
        "nytt högsta belopp per aktör", max_digits=14, decimal_places=2, null=True, blank=True
    )
    secretariat_ceiling = models.DecimalField(
        "nytt högsta belopp för sekretariatet",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
    )
    by_amount = models.BooleanField("belopp för belopp", default=False)
    # A cut in percent is kept as the amounts it came to, place by place, and as what was decided.
    percent = models.DecimalField("sänkning, procent", max_digits=7, decimal_places=4, null=True, blank=True)
    whole_kronor = models.BooleanField("avrundat nedåt till hela kronor", null=True, blank=True)
    total = models.DecimalField(
        "beslutet ger för året", max_digits=14, decimal_places=2, null=True, blank=True
    )
    status = models.CharField("status", max_length=20, choices=Status, default=Status.REGISTERED)
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_on = models.DateField("registrerat")
    confirmed_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField("bekräftat", null=True)

    objects = BudgetDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["year", "decided_on", "pk"]
        constraints = [
            constraints.known_status("budget_known_status", Status),
            constraints.together("budget_confirmed", "confirmed_by", "confirmed_on"),
            constraints.different_people(
                "budget_four_eyes",
                "confirmed_by",
                "registered_by",
                "Den som registrerat beslutet kan inte bekräfta det.",
            ),
            constraints.needs(
                "budget_confirmed_has_who",
                [Status.CONFIRMED],
                "confirmed_by",
                sentence="Ett bekräftat beslut har någon som bekräftat det.",
            ),
            constraints.rule(
                "budget_changed_has_ceiling",
                Q(outcome=Outcome.CHANGED, by_amount=False, recipient_ceiling__isnull=False)
                | Q(NO_CEILINGS, outcome=Outcome.CHANGED, by_amount=True)
                | (~Q(outcome=Outcome.CHANGED) & Q(NO_CEILINGS, by_amount=False, total__isnull=True)),
                "Ett ändrat belopp anges, och bara när utfallet är ändrat belopp.",
            ),
            constraints.rule(
                "budget_percent_goes_by_amount",
                Q(percent__isnull=True, whole_kronor__isnull=True)
                | Q(percent__gt=0, percent__lte=100, whole_kronor__isnull=False, by_amount=True),
                "En sänkning i procent är mer än 0 och högst 100, och säger hur den avrundas.",
            ),
            constraints.not_negative("budget_recipient_ceiling", "recipient_ceiling"),
            constraints.not_negative("budget_secretariat_ceiling", "secretariat_ceiling"),
            constraints.not_negative("budget_total", "total"),
        ]

    def __str__(self) -> str:
        return self.citation

    def get_absolute_url(self) -> str:
        return reverse("grants:budget_decision_detail", args=[self.pk])

    @property
    def citation(self) -> str:
        """As the Riksdag's decisions are cited: `prop. …, bet. …, rskr. …`."""
        return (
            f"prop. {self.proposition} {self.expenditure_area}, "
            f"bet. {self.committee_report}, rskr. {self.riksdag_letter}"
        )

    def ceiling_of(self, place: Place) -> Decimal | None:
        """Kronor at most for the place; None where the decision leaves it as the government decided."""
        if self.by_amount:
            return self.amount_of.get(place.pk)
        return self.recipient_ceiling if place.part == Part.RECIPIENT else self.secretariat_ceiling

    @cached_property
    def amount_of(self) -> dict[int, Decimal]:
        """{place id: kronor} where the decision goes amount by amount."""
        return dict(self.amounts.values_list("place_id", "ceiling"))

    @property
    def programme(self) -> Programme:
        return self.year.programme

    def subject(self) -> Subject:
        return for_programme(
            self.year.programme,
            label=f"riksdagens beslut för {self.year}",
            key=f"budget_decision:{self.pk}",
            url=self.get_absolute_url(),
        )


def outcome_of(year: ProgrammeYear) -> BudgetDecision | None:
    """The confirmed decision that decides the year's money; None while it is awaited."""
    return BudgetDecision.objects.deciding().filter(year=year).order_by("decided_on", "pk").last()


def awaits_condition(year: ProgrammeYear) -> bool:
    """Whether the year's money still waits for the Riksdag's decision on the appropriation."""
    if not year.conditional:
        return False
    latest = outcome_of(year)
    return latest is None or latest.outcome == Outcome.REJECTED


def years_awaiting(years: Iterable[ProgrammeYear]) -> set[ProgrammeYear]:
    """Those of the years whose money still waits for the Riksdag. One query."""
    conditional = {year.pk: year for year in years if year.conditional}
    if not conditional:
        return set()
    decided = BudgetDecision.objects.deciding().filter(year__in=conditional).order_by("decided_on", "pk")
    latest = dict(decided.values_list("year_id", "outcome"))
    return {
        year for key, year in conditional.items() if latest.get(key, Outcome.REJECTED) == Outcome.REJECTED
    }


def not_appropriated(year: ProgrammeYear) -> str:
    return f"Riksdagen har inte anvisat medlen för {year}. Utbetalningen väntar på riksdagens beslut."


def appropriated(year: ProgrammeYear, place: Place) -> Decimal | None:
    """Kronor at most for the place, where the Riksdag has changed it; else None."""
    latest = outcome_of(year) if year.conditional else None
    return latest.ceiling_of(place) if latest else None
