from celery import shared_task

from actors.actions import letters
from reporting import tasks as reporting

from . import daily, reruns


@shared_task(name="digikoord.daily")
def run_daily():
    daily.run()


@shared_task(name="digikoord.run_again")
def run_again(job):
    reruns.run(job)


@shared_task(name="digikoord.sweep")
def sweep():
    """Find what a queue may have lost: unfinished renderings, jobs asked for and unsent letters."""
    daily.perform(daily.SWEEP, _swept)


def _swept():
    reporting.resume_unfinished()
    reruns.run_asked()
    return letters.send_due()
