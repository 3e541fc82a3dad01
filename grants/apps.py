from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = "Medel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What it hands down to the rooms below: its kinds of duties, and what a later day moves."""
        from duties.actions import extensions  # noqa: F401, PLC0415

        from . import duties  # noqa: F401, PLC0415
        from .actions import later_days  # noqa: F401, PLC0415
