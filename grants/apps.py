from importlib import import_module

from django.apps import AppConfig

# What this room hands down to those below: what happens in it, its kinds of duties, what a later day moves
HANDS_DOWN = ("grants.events", "grants.duties", "grants.actions.later_days")


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = "Medel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in HANDS_DOWN:
            import_module(module)
