import argparse
import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from digikoord.lib.verdict import Refused
from digikoord.rehearsal import player


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"”{text}” är inget datum. Skriv det som 2019-03-20.") from None


class Command(BaseCommand):
    help = "Spelar övningen från en tom databas till och med en dag."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, type=day, metavar="DATUM")

    def handle(self, *, to: datetime.date, verbosity: int, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "DIGIKOORD_MODE=production: en övning skulle göra databasen obrukbar för skarp drift. "
                "På PostgreSQL spelas den med DATABASE_URL och utan DIGIKOORD_MODE."
            )
        told = self.stdout.write if verbosity > 1 else lambda text: None
        try:
            player.play(to, told)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Övningen står vid {to}.")
