"""A job that failed is somebody's duty until it has gone well: the administrator's of the authority that runs the installation.
So are errors that people meet, when there are three in an hour, until an hour has none.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from actors.roles import Role
from actors.subject import Subject
from digikoord.lib import clock, locks
from duties.actions import obligations
from duties.models import Obligation

from .models import Error

if TYPE_CHECKING:
    from .models import JobRun


KIND = "failed_job"
STEPS = (0, -1, -3, -7)  # days left when the administrator is told
CONSEQUENCE = (
    "Det jobbet skulle ha gjort är inte gjort: skyldigheter öppnas, påminnelser och brev går kanske inte ut."
)

HOUR = datetime.timedelta(hours=1)
MANY = 3  # errors in an hour
KEPT = datetime.timedelta(days=90)
ERRORS = "Tjänsten svarar med fel"
ERRORS_CONSEQUENCE = (
    "Det de som mötte felen försökte göra är inte gjort. Felens nummer står i loggen, och på sidan Jobb."
)


class JobMatter:
    """A job as the trail and a duty point at it."""

    def __init__(self, name: str, does: str) -> None:
        self.name, self.does = name, does

    def subject(self) -> Subject:
        return Subject(label=self.does, key=f"job:{self.name}", url=reverse("jobs"))


@locks.part_of_act
def follow(run: JobRun, does: str) -> None:
    """Open the duty about the job that failed in this run, or close it where it went well.

    A job that fails each hour is one duty. Before any programme is loaded there is nobody to tell.
    """
    if not run.error:
        obligations.close(KIND, JobMatter(run.job, does))
        return
    _owe(JobMatter(run.job, does), f"Jobbet misslyckades: {does}", CONSEQUENCE)


def errors_of_the_hour() -> int:
    """How many errors people have met in the last hour, in all processes. By the machine's clock, in a rehearsal too."""
    return Error.objects.filter(at__gt=timezone.now() - HOUR).count()


@locks.part_of_act
def follow_errors() -> None:
    """Open the duty about errors where there are many, and close it when an hour has had none."""
    matter, count = JobMatter("errors", ERRORS), errors_of_the_hour()
    if count >= MANY:
        _owe(matter, f"{ERRORS}: minst {MANY} på en timme", ERRORS_CONSEQUENCE)
    elif count == 0:
        obligations.close(KIND, matter)
    Error.objects.filter(at__lt=timezone.now() - KEPT).delete()


@locks.part_of_act
def _owe(matter: JobMatter, label: str, consequence: str) -> None:
    ministry = Actor.objects.ministry()
    if ministry is None or Obligation.objects.open().about(KIND, matter.subject().key).exists():
        return
    obligations.open(
        KIND,
        matter,
        label=label[:200],
        url=reverse("jobs"),
        debtor=ministry,
        role=Role.ADMINISTRATOR,
        due=clock.today(),
        ground="",
        ladder=list(STEPS),
        consequence=consequence,
        legal=True,
    )
