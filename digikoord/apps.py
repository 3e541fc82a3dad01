from django.apps import AppConfig
from django.core import checks

from .celery import app as celery_app
from .checks import no_rehearsal_in_production


class DigikoordConfig(AppConfig):
    name = "digikoord"
    default_auto_field = "django.db.models.BigAutoField"

    # Named here so that every process of Django has it, and tasks queued by name find the broker.
    celery = celery_app

    def ready(self) -> None:
        checks.register(no_rehearsal_in_production, checks.Tags.database)
