from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from digikoord.backups import archive, facts, keeping
from digikoord.lib.verdict import Refused


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Säkerhetskopierar databasen, handlingarna och filerna till en fil, medan tjänsten är i gång. På PostgreSQL som "
        "digikoord_owner."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL", help="en fil som inte finns")
        parser.add_argument(
            "--to",
            action="append",
            default=[],
            metavar="NYCKEL",
            help="kryptera till den offentliga nyckeln (age1…), eller dem i en fil; kan anges flera gånger",
        )

    def handle(self, *, file: Path, to: list[str], **_options: object) -> None:
        try:
            manifest = keeping.keep(file.absolute(), archive.recipients(to))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{file}: {facts.told_briefly(manifest['facts'])}")
        if not to:
            self.stderr.write("Filen är inte krypterad: den innehåller allt som finns i databasen.")
