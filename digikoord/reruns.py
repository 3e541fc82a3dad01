"""A job run once more because somebody asks for it. Every job bears it."""

from django.db import transaction

from actors.actions import audit
from digikoord.lib import queue

from . import daily
from .failures import JobMatter


@transaction.atomic
def ask(job, *, by):
    """Queue the job: it has transactions of its own, and a letter that is sent is not unsent with the request."""
    audit.record("job.run_again", JobMatter(job.name, job.does), by=by)
    queue.later("digikoord.run_again", job.name)
    return job


def run(name):
    """Run only the job named, whether or not it has been run today."""
    others = [job.name for job in daily.JOBS if job.name != name]
    return daily.run(again=[name], without=others)
