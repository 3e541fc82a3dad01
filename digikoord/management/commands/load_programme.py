from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import CommandError, CommandParser

from actors.models import User
from digikoord.lib.verdict import Refused
from digikoord.models import RehearsalMark, Stage
from digikoord.stage_command import StageCommand
from grants.actions import programmes
from grants.actions.acted_on import acted_on
from programmes.programme_file import Faults

if TYPE_CHECKING:
    from programmes.models import Programme
    from programmes.programme_changes import Change


class Command(StageCommand):
    help = "Kontrollerar en programfil och läser in den. Allt eller inget."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument("--dry-run", action="store_true", help="Visa bara vad som skulle ändras.")

    def handle(self, *, file: Path, dry_run: bool, **options: object) -> None:
        try:
            source = file.read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Filen {file} finns inte eller går inte att läsa.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"Filen {file} är inte UTF-8 (byte {error.start}).") from error
        try:
            if dry_run:
                self._tell(*programmes.differences(source), would=True)
            else:
                existed, _ = programmes.differences(source)
                programme, found = programmes.load(source, by=User.objects.system())
                if Stage.current().rehearsal:
                    RehearsalMark.put(f"program {programme.code}")
                self._tell(existed, found, loaded=programme)
        except Faults as faults:
            lines = "\n".join(f"  {fault}" for fault in faults.faults)
            count = len(faults.faults)
            raise CommandError(f"{file} har {count} fel. Ingenting lästes in.\n{lines}") from faults
        except Refused as refusal:
            raise CommandError(f"Ingenting lästes in.\n{refusal}") from refusal

    def _tell(
        self,
        existed: Programme | None,
        found: Sequence[Change],
        *,
        would: bool = False,
        loaded: Programme | None = None,
    ) -> None:
        if existed is None:
            text = "Programmet skulle läsas in." if would else f"{loaded} är inläst."
            self.stdout.write(text)
            return
        if not found:
            self.stdout.write("Ingenting att ändra: programmet är redan inläst så.")
            return
        self.stdout.write("Detta skulle ändras:" if would else "Detta är ändrat:")
        for change in found:
            why = acted_on(existed, change)
            self.stdout.write(f"  {change}" + (f" – NEKAS: {why}" if would and why else ""))
