from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.documents.verification import verify
from reporting.models import CompilationVersion

if TYPE_CHECKING:
    from reporting.documents.compilation import Data


class Command(BaseCommand):
    help = (
        "Kontrollera en sammanställnings PDF: varje tal mot uppgifterna i filen, varje summa mot sina delar."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL.pdf")

    def handle(self, *, file: Path, **_options: object) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} kan inte läsas: {error.strerror}.") from error
        found = verify(content)
        faults = [*found.faults, *_against_the_established(found.data, content)]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{file}: {len(faults)} avvikelser.")
        sha256 = hashlib.sha256(content).hexdigest()
        self.stdout.write(f"{file}: {found.pages} sidor, varje tal stämmer. SHA-256 {sha256}")


def _against_the_established(data: Data | None, content: bytes) -> Iterator[str]:
    """Where this database has established the version, the file must be those very bytes."""
    if data is None or not data["version"]["final"]:
        return
    known = CompilationVersion.objects.filter(
        compilation__year__programme__code=data["code"],
        compilation__year__year=data["year"],
        number=data["version"]["number"],
        established_on__isnull=False,
    ).first()
    if known and known.sha256 != hashlib.sha256(content).hexdigest():
        yield f"Filen är inte den som fastställdes {known.established_on}: dess SHA-256 är {known.sha256}."
