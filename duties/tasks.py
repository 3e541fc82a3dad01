from celery import shared_task

from .actions import letters


@shared_task(name="actors.send_letters")  # type: ignore[untyped-decorator]  # Celery has no types
def send_letters() -> None:
    letters.send_due()
