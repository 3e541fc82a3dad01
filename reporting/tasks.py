import datetime

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from digikoord.lib import queue

from .actions import renderings
from .documents import compilation
from .models import Rendering


@shared_task(name="reporting.render")  # type: ignore[untyped-decorator]  # Celery says nothing of its types
def render(pk: int) -> None:
    renderings.render(Rendering.objects.get(pk=pk), compilation.asked)


@transaction.atomic
def resume_unfinished() -> None:
    """Queue again what nobody has touched for a while, by the wall clock: rehearsal or not."""
    quiet = timezone.now() - datetime.timedelta(minutes=3)
    for rendering in Rendering.objects.unfinished().filter(touched_at__lt=quiet):
        queue.later("reporting.render", rendering.pk)
