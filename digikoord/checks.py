"""What must be true of a database before production may use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.checks import Error
from django.db import connections

if TYPE_CHECKING:
    from django.core.checks import CheckMessage


def no_rehearsal_in_production(
    *, databases: Sequence[str] | None = None, **_kwargs: object
) -> list[CheckMessage]:
    """An invented payment in a real ledger could be paid; so a database once rehearsed in stays a rehearsal."""
    if not settings.PRODUCTION or not databases:
        return []
    stage, mark = apps.get_model("digikoord", "Stage"), apps.get_model("digikoord", "RehearsalMark")
    there = connections["default"].introspection.table_names()
    marked = mark._meta.db_table in there and mark.objects.exists()
    staged = stage._meta.db_table in there and stage.objects.filter(rehearsal=True).exists()
    if not marked and not staged:
        return []
    return [Error("Databasen är en övning och får inte användas i produktion.", id="digikoord.E001")]
