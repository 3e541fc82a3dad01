from celery import shared_task

from .actions import letters


@shared_task(name="actors.send_letters")
def send_letters():
    letters.send_due()
