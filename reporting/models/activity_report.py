from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from grants.models import Place
from grants.subject import for_place
from programmes.models.scope import holds, reads_programme

from ..lifecycle.activity_report import ACTIVITY_REPORT, Status

if TYPE_CHECKING:
    from actors.models import Actor, User
    from actors.subject import Subject
    from grants.models import ProgrammeYear
    from programmes.models import Programme


class ActivityReportQuerySet(Locking["ActivityReport"]):
    def visible_to(self, user: User) -> Self:
        """A draft is the actor's own until its first submission, or theirs who received it on paper. What is approved
        is read by every actor of the programme."""
        received = models.Q(submitted_on__isnull=False) | models.Q(paper__isnull=False)
        theirs = Place.objects.filter(holds(user, "assignments__holder")).values("programme")
        return self.filter(
            holds(user, "tranche__assignment__holder")
            | (reads_programme(user, "tranche__place__programme") & received)
            | models.Q(status=Status.APPROVED, tranche__place__programme__in=theirs)
        )

    def of_year(self, year: ProgrammeYear) -> Self:
        return self.filter(tranche__year=year)


class ActivityReport(Moving, models.Model):
    """What the holder of a place did with a year. The draft is written on; versions are kept."""

    LIFECYCLE = ACTIVITY_REPORT
    LOCKS = ("tranche__year", "tranche__place")
    READS = ("tranche__place__programme", "tranche__assignment__holder")

    tranche = models.OneToOneField("grants.Tranche", models.PROTECT, related_name="report")
    status = models.CharField("status", max_length=20, choices=Status, default=Status.DRAFT)
    draft = models.JSONField("innehåll", default=dict)
    # {step: {"number": times saved, "by": name, "at": words}}: two who write on the same step must not overwrite each other
    editions = models.JSONField("avsnittens upplagor", default=dict)
    case_officer = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    # What came on paper, until it is submitted as a version
    paper = models.ForeignKey("records.Document", models.PROTECT, null=True, related_name="+")
    paper_received_on = models.DateField("inkom på papper", null=True)
    paper_certified_by = models.CharField("undertecknad av", max_length=240, blank=True)
    submitted_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField("inskickad", null=True)
    returned_reason = models.TextField("vad som ska kompletteras", blank=True)
    # {field's key: what about it}; empty while a supplement is asked for means the whole report
    wanted = models.JSONField("fält som ska kompletteras", default=dict)
    # {check's code: {"by": name, "on": ISO}}, of the version under review
    checks = models.JSONField("kontroller", default=dict)
    reviewed_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    reviewed_on = models.DateField("granskad", null=True)
    approved_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField("godkänd", null=True)

    added: list[int]  # the ids of the initiatives that an act has just added

    objects = ActivityReportQuerySet.as_manager()

    class Meta:
        ordering = ["tranche__year", "tranche__place__part", "tranche__place__code"]
        constraints = [
            constraints.known_status("report_known_status", Status),
            constraints.together("report_submitted", "submitted_by", "submitted_on"),
            constraints.together("report_reviewed", "reviewed_by", "reviewed_on"),
            constraints.together("report_approved", "approved_by", "approved_on"),
            constraints.together("report_on_paper", "paper", "paper_received_on"),
            constraints.different_people(
                "report_four_eyes",
                "approved_by",
                "reviewed_by",
                "Den som granskat redovisningen kan inte godkänna den.",
            ),
            constraints.different_people(
                "report_not_approved_by_submitter",
                "approved_by",
                "submitted_by",
                "Den som skickat in redovisningen kan inte godkänna den.",
            ),
            constraints.needs(
                "report_submitted_has_who",
                [Status.SUBMITTED, Status.RETURNED, Status.REVIEWED, Status.APPROVED],
                "submitted_by",
                sentence="En inskickad redovisning har någon som skickat in den.",
            ),
            constraints.needs(
                "report_reviewed_has_who",
                [Status.REVIEWED, Status.APPROVED],
                "reviewed_by",
                sentence="En granskad redovisning har någon som granskat den.",
            ),
            constraints.needs(
                "report_approved_has_who",
                [Status.APPROVED],
                "approved_by",
                sentence="En godkänd redovisning har någon som godkänt den.",
            ),
        ]

    def __str__(self) -> str:
        return f"verksamhetsredovisning {self.tranche.year} från {self.tranche.holder}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:activity_report_detail", args=[self.pk])

    @property
    def year(self) -> ProgrammeYear:
        return self.tranche.year

    @property
    def place(self) -> Place:
        return self.tranche.place

    @property
    def holder(self) -> Actor:
        return self.tranche.holder

    @property
    def programme(self) -> Programme:
        return self.tranche.programme

    def subject(self) -> Subject:
        return for_place(
            self.place,
            self.holder,
            label=str(self),
            key=f"report:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )

    def edition(self, step: str) -> int:
        """How many times the step has been saved."""
        number: int = self.editions.get(step, {}).get("number", 0)
        return number


class ReportVersion(models.Model):
    """A report as it was submitted. Never changed, by the database's own rule. `document` where it came on paper."""

    report = models.ForeignKey("reporting.ActivityReport", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    content = models.JSONField("innehåll")
    used = models.DecimalField("använt av bidraget", max_digits=14, decimal_places=2)
    certified_by_name = models.CharField("intygad av", max_length=240)
    submitted_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    submitted_on = models.DateField("inskickad")
    received_late = models.BooleanField("inkommen för sent", default=False)
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            constraints.not_negative("report_version_used", "used"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
