from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from grants.models.known_programmes import programmes_known_to
from programmes.subject import for_programme

from ..lifecycle.compilation_version import COMPILATION_VERSION, FINAL, OPEN, Status

if TYPE_CHECKING:
    from actors.models import User
    from actors.subject import Subject
    from grants.models import ProgrammeYear
    from programmes.models import Programme


class Compilation(models.Model):
    """The compilation of one activity year; handed over by 26 March the year after."""

    year = models.OneToOneField("grants.ProgrammeYear", models.PROTECT, related_name="compilation")

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return f"sammanställningen för {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:compilation_detail", args=[self.year.programme.code, self.year.year])

    @property
    def programme(self) -> Programme:
        return self.year.programme

    def subject(self) -> Subject:
        return for_programme(
            self.programme,
            label=str(self),
            key=f"compilation:{self.pk}",
            url=self.get_absolute_url(),
        )


class CompilationVersionQuerySet(Locking["CompilationVersion"]):
    def visible_to(self, user: User) -> Self:
        """A draft is the compiler's own; what has been delivered is read by the ministry and by all the programme's actors."""
        compiles = Q(compilation__year__programme__secretariat__in=list(user.acting_for)) | Q(
            compilation__year__programme__secretariat__isnull=True,
            compilation__year__programme__ministry__in=list(user.acting_for),
        )
        programmes = programmes_known_to(user).values("pk")
        return self.filter(
            compiles | Q(delivered_on__isnull=False, compilation__year__programme__in=programmes)
        )

    def open(self) -> Self:
        return self.filter(status__in=OPEN)


class CompilationVersion(Moving, models.Model):
    """One version: a draft with its texts, then frozen bytes that are established.

    `texts` is {chapter: Markdown}; `editions` {chapter: {number, by, at}}, how often and by whom each was last saved;
    `picked` the good examples chosen, [place's code, initiative's number] each, and None until somebody has chosen.
    """

    LIFECYCLE = COMPILATION_VERSION
    LOCKS = ("compilation__year",)

    compilation = models.ForeignKey("reporting.Compilation", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    reason = models.TextField("skäl för ny version", blank=True)
    texts = models.JSONField("kapitlens inledningar", default=dict)
    editions = models.JSONField("texternas upplagor", default=dict)
    picked = models.JSONField("utvalda exempel", null=True)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.DRAFT)
    opened_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    opened_on = models.DateField("påbörjad")
    data = models.JSONField("uppgifter", null=True)
    pdf = models.BinaryField("dokument", null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    frozen_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    frozen_on = models.DateField("fryst", null=True)
    established_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    established_on = models.DateField("fastställd", null=True)
    delivered_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    delivered_on = models.DateField("överlämnad", null=True)
    delivered_at = models.DateTimeField("överlämnad, tidpunkt", null=True)
    recipient = models.CharField("mottagare", max_length=120, blank=True)
    case_number = models.CharField("diarienummer", max_length=40, blank=True)
    acknowledged_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField("mottagen", null=True)

    objects = CompilationVersionQuerySet.as_manager()

    class Meta:
        ordering = ["compilation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["compilation", "number"], name="compilation_version_once"),
            models.UniqueConstraint(
                fields=["compilation"],
                condition=Q(status__in=OPEN),
                name="compilation_one_open_version",
                violation_error_message="Det finns redan en öppen version.",
            ),
            constraints.known_status("compilation_known_status", Status),
            constraints.together("compilation_frozen", "frozen_by", "frozen_on", "pdf", "data"),
            constraints.together("compilation_established", "established_by", "established_on"),
            constraints.together("compilation_delivered", "delivered_by", "delivered_on", "delivered_at"),
            constraints.together("compilation_acknowledged", "acknowledged_by", "acknowledged_on"),
            constraints.different_people(
                "compilation_four_eyes",
                "established_by",
                "frozen_by",
                "Den som fryst sammanställningen kan inte fastställa den.",
            ),
            constraints.needs(
                "compilation_final_has_bytes",
                [Status.FROZEN, *FINAL],
                "pdf",
                sentence="En fryst sammanställning har sitt dokument.",
            ),
            constraints.needs(
                "compilation_established_has_who",
                FINAL,
                "established_by",
                sentence="En fastställd sammanställning har någon som fastställt den.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.compilation}, version {self.number}"

    def get_absolute_url(self) -> str:
        return self.compilation.get_absolute_url()

    @property
    def year(self) -> ProgrammeYear:
        return self.compilation.year

    @property
    def programme(self) -> Programme:
        return self.compilation.programme

    def subject(self) -> Subject:
        return for_programme(
            self.programme,
            label=str(self),
            key=f"compilation_version:{self.pk}",
            url=self.get_absolute_url(),
        )

    def edition(self, what: str) -> int:
        """How often the chapter's text, or the choice of examples, has been saved."""
        number: int = self.editions.get(what, {}).get("number", 0)
        return number
