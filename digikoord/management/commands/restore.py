from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from digikoord.backups import archive, facts, restoring
from digikoord.lib.verdict import Refused


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Återställer en säkerhetskopia i en tom databas: allt eller ingenting, sedan den har visat att den är vad som "
        "kopierades. På PostgreSQL som digikoord_owner."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="NYCKELFIL",
            help="filen med den hemliga nyckeln till en krypterad säkerhetskopia",
        )
        parser.add_argument(
            "--replace", action="store_true", help="ta bort det som finns i databasen och bland filerna"
        )

    def handle(self, *, file: Path, key: list[str], replace: bool, **_options: object) -> None:
        try:
            manifest = restoring.restore(file.absolute(), archive.keys(key), replace=replace)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Återställd från {manifest['made_at']}: {facts.told_briefly(manifest['facts'])}")
