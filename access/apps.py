from importlib import import_module

from django.apps import AppConfig

# What this room hands down to those below: what happens in it
HANDS_DOWN = ("access.events",)


class AccessConfig(AppConfig):
    name = "access"
    verbose_name = "Personer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in HANDS_DOWN:
            import_module(module)
