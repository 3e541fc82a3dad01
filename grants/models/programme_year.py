import datetime
from typing import cast

from django.db import models
from django.urls import reverse

from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.calendar import LastDay
from programmes.subject import for_programme


class ProgrammeYear(models.Model):
    """The days and the condition of one year of a programme."""

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("år")
    conditional = models.BooleanField("villkorat av riksdagens budgetbeslut")
    requisition_from = models.DateField("rekvisition från", null=True, blank=True)
    requisition_to = models.DateField("rekvisition senast")
    costs_from = models.DateField("kostnader från")
    costs_to = models.DateField("kostnader till")
    report_due = models.DateField("redovisning senast")
    repay_due = models.DateField("återbetalning senast")
    compilation_due = models.DateField("sammanställning senast")
    receiving_department = models.CharField("mottagande departement", max_length=120)

    class Meta:
        ordering = ["programme", "year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="programme_year_once"),
            constraints.in_order("programme_year_costs", "costs_from", "costs_to"),
            constraints.rule(
                "programme_year_requisition",
                models.Q(requisition_from__isnull=True)
                | models.Q(requisition_from__lte=models.F("requisition_to")),
                "Rekvisitionsfönstret slutar innan det börjar.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("grants:year_detail", args=[self.programme.code, self.year])

    def _last(self, duty: str, day: datetime.date) -> LastDay:
        return cast("LastDay", self.programme.definition.last_day(duty, day))

    @property
    def to_requisition(self) -> LastDay:
        return self._last("requisition", self.requisition_to)

    @property
    def to_report(self) -> LastDay:
        return self._last("activity_report", self.report_due)

    @property
    def to_repay(self) -> LastDay:
        return self._last("repayment", self.repay_due)

    @property
    def to_compile(self) -> LastDay:
        return self._last("compilation", self.compilation_due)

    def subject(self) -> Subject:
        return for_programme(
            self.programme,
            label=f"{self.programme.short_name} {self.year}",
            key=f"year:{self.pk}",
            url=self.get_absolute_url(),
        )
