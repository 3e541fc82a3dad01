import sys

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from actors.models import Actor
from digikoord import bench


class Command(BaseCommand):
    help = (
        "Mäter det som inte får växa med hur mycket som finns. Kräver en tom PostgreSQL; `make bench` ger en."
    )

    def handle(self, **_options: object) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Mätningen görs på PostgreSQL. Kör make bench.")
        call_command("migrate", verbosity=0)
        if Actor.objects.exists():
            raise CommandError("Databasen är inte tom.")
        found = [measure() for measure in bench.BENCHES]
        for row in found:
            mark = "klarat" if row.holds else "UNDERKÄNT"
            self.stdout.write(f"{mark}: {row.value:.2f} gånger, högst {row.most}. {row}")
        if not all(row.holds for row in found):
            sys.exit(1)
