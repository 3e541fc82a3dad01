"""A job run once more because somebody asks for it. Every job bears it."""

from django.db import transaction
from django.urls import reverse

from actors.actions import audit
from actors.subject import Subject
from digikoord.lib import queue

from . import daily


@transaction.atomic
def ask(job, *, by):
    """Queue the job: it has transactions of its own, and a letter that is sent is not unsent with the request."""
    audit.record("job.run_again", _Asked(job), by=by)
    queue.later("digikoord.run_again", job.name)
    return job


def run(name):
    """Run only the job named, whether or not it has been run today."""
    others = [job.name for job in daily.JOBS if job.name != name]
    return daily.run(again=[name], without=others)


class _Asked:
    """A job as the trail points at it."""

    def __init__(self, job):
        self.job = job

    def subject(self):
        return Subject(label=self.job.does, key=f"job:{self.job.name}", url=reverse("jobs"))
