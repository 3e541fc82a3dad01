"""What must be true of a database before production may use it."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error
from django.db import connections


def no_rehearsal_in_production(*, databases=None, **_kwargs):
    """An invented payment in a real ledger could be paid; so a database once rehearsed in stays a rehearsal."""
    if not settings.PRODUCTION or not databases:
        return []
    stage = apps.get_model("digikoord", "Stage")
    if stage._meta.db_table not in connections["default"].introspection.table_names():
        return []
    if not stage.objects.filter(rehearsal=True).exists():
        return []
    return [Error("Databasen är en övning och får inte användas i produktion.", id="digikoord.E001")]
