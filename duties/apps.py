from importlib import import_module

from django.apps import AppConfig

# What this room hands down to those below: what happens in it, its kinds of duties, what a later day moves
HANDS_DOWN = ("duties.events", "duties.actions.extensions")


class DutiesConfig(AppConfig):
    name = "duties"
    verbose_name = "Skyldigheter och brev"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in HANDS_DOWN:
            import_module(module)
