from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.management.base import CommandError, CommandParser

from digikoord.lib.money import amount
from digikoord.stage_command import StageCommand, programme_named
from grants.models.balance import AMOUNTS
from overview.selectors import ledger, proof

if TYPE_CHECKING:
    from programmes.models import Programme


HEADINGS = (
    "Högst",
    "Beviljat",
    "Rekvirerat",
    "Utbetalt",
    "Använt",
    "Att återbetala",
    "Återbetalt",
    "Eftergivet",
)
PARTS = {"actors": "Aktörer", "secretariat": "Sekretariatet", "total": "Totalt"}


class Command(StageCommand):
    help = (
        "Skriver ut programmets ekonomi per år: aktörer, sekretariat och totalt, i kronor. "
        "Med --check: kontrollerar att böckerna stämmer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", metavar="KOD")
        parser.add_argument("--year", type=int, metavar="ÅR")
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument("--check", action="store_true", help="räkna om allt; felkod vid avvikelse")

    def handle(self, *, programme: str | None, year: int | None, **options: object) -> None:
        found = programme_named(programme)
        if year and not found.years.filter(year=year).exists():
            raise CommandError(f"{found} har inget år {year}.")
        if options["check"]:
            self._check(found)
            return
        years = ledger.ledger(found, year=year)
        if options["format"] == "json":
            self.stdout.write(json.dumps(ledger.as_json(found, years), indent=2))
        else:
            self._table(years)

    def _check(self, programme: Programme) -> None:
        """A sentence for each difference, and an exit code that says whether there was any."""
        found = proof.prove(programme, last=programme.ledger_checks.last_balanced())
        for difference in found.differences:
            self.stderr.write(str(difference))
        if found.differences:
            raise CommandError(f"Böckerna stämmer inte: {len(found.differences)} avvikelser.")
        self.stdout.write(f"Böckerna stämmer: {found.compared} uppgifter jämförda, inga avvikelser.")

    def _table(self, years: Sequence[ledger.Year]) -> None:
        if not years:
            self.stdout.write("Inga årsbelopp: inget beslut är expedierat.")
        for row in years:
            self.stdout.write(f"{row.year:<14}" + "".join(f"{text:>16}" for text in HEADINGS))
            for name, label in PARTS.items():
                balance = getattr(row, name)
                cells = (amount(getattr(balance, field)) for field in AMOUNTS)
                self.stdout.write(f"{label:<14}" + "".join(f"{cell:>16}" for cell in cells))
