from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from digikoord.database import known


class Command(migrate.Command):
    """Django's own, which half-migrates a database of a version it does not know. This one does not begin."""

    def handle(self, *arguments: object, **options: Any) -> None:  # as parsed
        known.require(connections[options["database"]])
        super().handle(*arguments, **options)
