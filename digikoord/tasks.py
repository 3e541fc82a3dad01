from celery import shared_task
from django.db import transaction

from duties.actions import letters
from reporting import tasks as reporting

from . import daily, failures, reruns


@shared_task(name="digikoord.daily")  # type: ignore[untyped-decorator]  # Celery says nothing of its types
def run_daily() -> None:
    daily.run()


@shared_task(name="digikoord.run_again")  # type: ignore[untyped-decorator]  # Celery says nothing of its types
def run_again(job: str) -> None:
    reruns.run(job)


@shared_task(name="digikoord.sweep")  # type: ignore[untyped-decorator]  # Celery says nothing of its types
def sweep() -> None:
    """Find what a queue may have lost: unfinished renderings, jobs asked for and unsent letters; and look whether people meet errors."""
    daily.perform(daily.SWEEP, _swept)


def _swept() -> int:
    reporting.resume_unfinished()
    reruns.run_asked()
    with transaction.atomic():
        failures.follow_errors()
    return letters.send_due()
