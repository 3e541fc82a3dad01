from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from digikoord.database import known, roles

if TYPE_CHECKING:
    from django.db.migrations import Migration


FIRST_DAY = "2019-03-20"


def unmigrated() -> list[tuple[Migration, bool]]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def empty() -> bool:
    """Neither a rehearsal nor the beginning of something real."""
    marks = ("digikoord.Stage", "digikoord.RehearsalMark", "programmes.Programme", "actors.Membership")
    return not any(apps.get_model(mark).objects.exists() for mark in marks)


class Command(BaseCommand):
    requires_system_checks = ()  # they import every view; a start is waited for
    help = (
        "Migrera databasen och ge programmets roll dess rättigheter; inbäddad och tom spelas övningen i den."
    )

    def handle(self, **_options: object) -> None:
        known.require(connection)
        if unmigrated():
            call_command("migrate", verbosity=0)
        if connection.vendor == "postgresql":
            with transaction.atomic(), connection.cursor() as cursor:
                roles.grant(cursor)
        if not settings.PRODUCTION and empty():
            self.stderr.write(f"Läser in programmet och spelar det fram till {FIRST_DAY}.")
            call_command("rehearse", "--to", FIRST_DAY, stdout=self.stderr)
