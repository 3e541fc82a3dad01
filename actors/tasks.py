from celery import shared_task

from .actions import notices


@shared_task(name="actors.send_notices")
def send_notices():
    notices.send_unsent()
