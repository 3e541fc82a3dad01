from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = "Aktörer"
    default_auto_field = "django.db.models.BigAutoField"
