"""A job run once more because somebody asks for it. Every job bears it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from digikoord.lib import clock, queue
from records.actions import audit

from . import daily
from .events.job import JobRunAgain
from .failures import JobMatter
from .models import JobRequest, JobRun

if TYPE_CHECKING:
    from actors.models import User


@transaction.atomic
def ask(job: daily.Job, *, by: User) -> daily.Job:
    """Queue the job: it has transactions of its own, and a letter that is sent is not unsent with the request."""
    JobRequest.objects.create(job=job.name, asked_at=clock.now())
    audit.record(JobRunAgain(), JobMatter(job.name, job.does), by=by)
    queue.later("digikoord.run_again", job.name)
    return job


def run(name: str) -> dict[str, int]:
    """Run only the job named, whether or not it has been run today. Returns what it did.

    Where another scheduler is at work nothing is run, and who asked waits for the next sweep.
    """
    asked = list(JobRequest.objects.filter(job=name, done_at__isnull=True).values_list("pk", flat=True))
    began = clock.now()
    others = [job.name for job in daily.JOBS if job.name != name]
    did = daily.run(again=[name], without=others)
    if JobRun.objects.filter(day=clock.today(), job=name, started_at__gte=began).exists():
        _done(asked)
    return did


@transaction.atomic
def _done(asked: Collection[int]) -> None:
    JobRequest.objects.filter(pk__in=asked).update(done_at=clock.now())


def run_asked() -> None:
    """Run every job that somebody has asked for and the queue has lost."""
    for name in set(JobRequest.objects.filter(done_at__isnull=True).values_list("job", flat=True)):
        run(name)
