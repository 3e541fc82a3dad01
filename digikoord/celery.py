"""Work after the answer. Tasks are queued by name, so nobody needs to import them."""

import os

import celery
from celery import bootsteps
from django.conf import settings
from kombu.transport import TRANSPORT_ALIASES

from . import errors
from .database.roles import require_weak
from .stage import on_stage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digikoord.settings")
TRANSPORT_ALIASES["files"] = "digikoord.broker:Transport"


class StagedTask(celery.Task):  # type: ignore[misc]  # Celery says nothing of its types
    """A task sees the same day as the request that queued it."""

    abstract = True

    def __call__(self, *args: object, **kwargs: object) -> object:
        with on_stage():
            return super().__call__(*args, **kwargs)

    def on_failure(  # noqa: PLR0917 - as Celery calls it
        self, exc: Exception, task_id: str, args: object, kwargs: object, einfo: object
    ) -> None:
        """A task that fails has a number too."""
        errors.noted(f"task {self.name}", exc)


app = celery.Celery("digikoord", task_cls=StagedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class WeakRole(bootsteps.StartStopStep):  # type: ignore[misc]  # as above
    """A worker starts only as the application's own role."""

    def create(self, _worker: object) -> None:
        require_weak()


app.steps["worker"].add(WeakRole)
app.conf.beat_schedule = {
    "daily": {"task": "digikoord.daily", "schedule": settings.DAILY_SCHEDULE},
    # What a lost queue left unfinished. One that waits until the next is dropped: the next does the same.
    "sweep": {
        "task": "digikoord.sweep",
        "schedule": settings.SWEEP_SECONDS,
        "options": {"expires": settings.SWEEP_SECONDS},
    },
}
