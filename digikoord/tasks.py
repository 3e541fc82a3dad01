from celery import shared_task

from actors.actions import letters
from reporting import tasks as reporting

from . import daily


@shared_task(name="digikoord.daily")
def run_daily():
    daily.run()


@shared_task(name="digikoord.sweep")
def sweep():
    """Find what a queue may have lost: unfinished renderings and unsent letters."""
    reporting.resume_unfinished()
    letters.send_due()
