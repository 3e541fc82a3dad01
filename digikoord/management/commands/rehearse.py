import datetime

from django.core.management.base import BaseCommand, CommandError

from digikoord.lib.verdict import Refused
from digikoord.rehearsal import player


class Command(BaseCommand):
    help = "Spelar övningen från en tom databas till och med en dag."

    def add_arguments(self, parser):
        parser.add_argument("--to", required=True, type=datetime.date.fromisoformat, metavar="DATUM")

    def handle(self, *, to, verbosity, **options):
        told = self.stdout.write if verbosity > 1 else lambda text: None
        try:
            player.play(to, told)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Övningen står vid {to}.")
