from celery import shared_task

from .actions import compilations
from .documents import compilation
from .models import Rendering


@shared_task(name="reporting.render")
def render(pk):
    compilations.render(Rendering.objects.get(pk=pk), compilation.document)
