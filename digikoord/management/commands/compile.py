from pathlib import Path
from typing import cast

from django.core.management.base import BaseCommand, CommandError, CommandParser

from digikoord.lib import clock
from digikoord.stage import on_stage
from grants.models import ProgrammeYear
from programmes.models import Programme
from reporting.documents.compilation import document
from reporting.lifecycle.compilation_version import Status
from reporting.models import Compilation, CompilationVersion


class Command(BaseCommand):
    help = "Skriv ett års sammanställning som PDF: det fastställda dokumentet, annars ett utkast."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, metavar="ÅR", help="verksamhetsåret, till exempel 2018")
        parser.add_argument("--output", required=True, type=Path, metavar="FIL.pdf")
        parser.add_argument("--programme", metavar="KOD", help="behövs när flera program är inlästa")

    def handle(self, *, year: int, output: Path, programme: str | None, **_options: object) -> None:
        with on_stage():
            version = _version(_year(_programme(programme), year))
            content = _content(version)
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} kan inte skrivas: {error.strerror}.") from error
        kind = version.get_status_display().lower()
        self.stdout.write(f"{output}: version {version.number}, {kind}, {len(content)} byte")


def _programme(code: str | None) -> Programme:
    rows = Programme.objects.select_related("ministry", "secretariat")
    if code:
        found = rows.filter(code=code).first()
        if found is None:
            raise CommandError(f"Programmet {code} är inte inläst.")
        return found
    if rows.count() != 1:
        codes = ", ".join(row.code for row in rows) or "inga"
        raise CommandError(f"Ange programmet med --programme. Inlästa program: {codes}.")
    return rows.get()


def _year(programme: Programme, number: int) -> ProgrammeYear:
    found = ProgrammeYear.objects.filter(programme=programme, year=number).first()
    if found is None:
        years = ", ".join(str(row.year) for row in programme.years.all())
        raise CommandError(f"{programme} har inget år {number}. Åren är {years}.")
    found.programme = programme
    if not found.tranches.exists():
        raise CommandError(f"{programme} har inga årsbelopp för {number}: beslutet är inte expedierat.")
    return found


def _version(year: ProgrammeYear) -> CompilationVersion:
    """The latest version that has its bytes, else the latest; one that is not stored, where nobody has begun."""
    versions = CompilationVersion.objects.filter(compilation__year=year).order_by("number")
    latest = versions.exclude(status=Status.DRAFT).last() or versions.last()
    version = latest or CompilationVersion(number=1, opened_on=clock.today())
    version.compilation = Compilation(year=year) if latest is None else latest.compilation
    version.compilation.year = year
    return version


def _content(version: CompilationVersion) -> bytes:
    if version.status != Status.DRAFT:
        return bytes(cast("bytes", version.pdf))
    return document(version, False, lambda percent: None).pdf
