from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import Q
from django.urls import reverse

from digikoord.lib import clock, constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from grants.subject import for_place
from programmes.models.scope import holds

from ..lifecycle.fact_check import FACT_CHECK, LIVE, Status

if TYPE_CHECKING:
    from actors.models import Actor, User
    from actors.subject import Subject
    from digikoord.lib.calendar import LastDay
    from grants.models import Place, ProgrammeYear
    from programmes.models import Programme


PROGRAMME = "version__compilation__year__programme"


class FactCheckQuerySet(Locking["FactCheck"]):
    def visible_to(self, user: User) -> Self:
        """Those who compile, and the actor whose page it is: what is asked about is a draft."""
        parties = list(user.acting_for)
        compiles = Q(**{f"{PROGRAMME}__secretariat__in": parties}) | Q(
            **{f"{PROGRAMME}__secretariat__isnull": True, f"{PROGRAMME}__ministry__in": parties}
        )
        return self.filter(compiles | holds(user, "tranche__assignment__holder"))

    def live(self) -> Self:
        return self.filter(status__in=LIVE)


class FactCheck(Moving, models.Model):
    """An actor's page of a version, sent to it to be checked. `data` is what was sent (a Seat, as plain JSON) and
    `sha256` that of `data` as JSON with sorted keys; neither ever changes."""

    LIFECYCLE = FACT_CHECK
    LOCKS = ()

    version = models.ForeignKey("reporting.CompilationVersion", models.PROTECT, related_name="fact_checks")
    tranche = models.ForeignKey("grants.Tranche", models.PROTECT, related_name="fact_checks")
    status = models.CharField("status", max_length=20, choices=Status, default=Status.ASKED)
    data = models.JSONField("det som skickades")
    sha256 = models.CharField("SHA-256", max_length=64)
    due = models.DateField("sista dag")
    asked_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    asked_on = models.DateField("skickad")
    answer = models.TextField("det som ska rättas", blank=True)
    answered_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("besvarad", null=True)
    handling = models.TextField("vad invändningen ledde till", blank=True)
    handled_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    handled_on = models.DateField("hanterad", null=True)

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        ordering = ["version", "tranche__place__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "tranche"],
                condition=Q(status__in=LIVE),
                name="fact_check_once",
                violation_error_message="Sidan är redan skickad för faktagranskning.",
            ),
            constraints.known_status("fact_check_known_status", Status),
            constraints.together("fact_check_answered", "answered_by", "answered_on"),
            constraints.together("fact_check_handled", "handled_by", "handled_on"),
            constraints.rule(
                "fact_check_objection_says",
                ~Q(status__in=[Status.OBJECTED, Status.HANDLED]) | ~Q(answer=""),
                "Skriv vad som ska rättas.",
            ),
            constraints.needs(
                "fact_check_answered_has_who",
                [Status.CONFIRMED, Status.OBJECTED, Status.HANDLED],
                "answered_by",
                sentence="Ett svar har någon som lämnat det.",
            ),
            constraints.rule(
                "fact_check_handling_says",
                Q(status=Status.HANDLED, handled_by__isnull=False) & ~Q(handling="")
                | ~Q(status=Status.HANDLED),
                "Skriv vad invändningen ledde till.",
            ),
        ]

    def __str__(self) -> str:
        return f"faktagranskningen av {self.tranche.place} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:fact_check_detail", args=[self.pk])

    @property
    def year(self) -> ProgrammeYear:
        return self.version.year

    @property
    def programme(self) -> Programme:
        return self.version.programme

    @property
    def place(self) -> Place:
        return self.tranche.place

    @property
    def holder(self) -> Actor:
        return self.tranche.holder

    @property
    def to_answer(self) -> LastDay:
        """The last day to answer, as set and as it holds."""
        return cast("LastDay", self.programme.definition.last_day("supplement", self.due))

    @property
    def act_by(self) -> datetime.date:
        return self.to_answer.day

    @property
    def is_silent(self) -> bool:
        return self.status == Status.ASKED

    @property
    def is_overdue(self) -> bool:
        return self.is_silent and clock.today() > self.act_by

    def subject(self) -> Subject:
        return for_place(
            self.place,
            self.holder,
            label=str(self),
            key=f"fact_check:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )
