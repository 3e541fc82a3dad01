from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Redovisning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What it hands down to the rooms below: its kinds of duties, and what a later day moves."""
        from . import duties  # noqa: F401, PLC0415
