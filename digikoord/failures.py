"""A job that failed is somebody's duty until it has gone well: the administrator's of the authority that runs the installation."""

from django.urls import reverse

from actors.actions import obligations
from actors.models import Actor, Obligation
from actors.roles import Role
from actors.subject import Subject
from digikoord.lib import clock, locks

KIND = "failed_job"
STEPS = (0, -1, -3, -7)  # days left when the administrator is told
CONSEQUENCE = (
    "Det jobbet skulle ha gjort är inte gjort: skyldigheter öppnas, påminnelser och brev går kanske inte ut."
)


class JobMatter:
    """A job as the trail and a duty point at it."""

    def __init__(self, name, does):
        self.name, self.does = name, does

    def subject(self):
        return Subject(label=self.does, key=f"job:{self.name}", url=reverse("jobs"))


@locks.part_of_act
def follow(run, does):
    """Open the duty about the job that failed in this run, or close it where it went well.

    A job that fails each hour is one duty. Before any programme is loaded there is nobody to tell.
    """
    if not run.error:
        obligations.close(KIND, JobMatter(run.job, does))
        return
    key = JobMatter(run.job, does).subject().key
    ministry = Actor.objects.ministry()
    if ministry is None or Obligation.objects.open().about(KIND, key).exists():
        return
    obligations.open(
        KIND,
        JobMatter(run.job, does),
        label=f"Jobbet misslyckades: {does}"[:200],
        url=reverse("jobs"),
        debtor=ministry,
        role=Role.ADMINISTRATOR,
        due=clock.today(),
        ground="",
        ladder=list(STEPS),
        consequence=CONSEQUENCE,
        legal=True,
    )
