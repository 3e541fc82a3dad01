"""The base of commands that read or act: they stand where the rehearsal stands."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.models import Programme

from .lib.verdict import Refused
from .stage import on_stage


class StageCommand(BaseCommand):
    """A command that runs on the stage's day, and gives a refusal as a sentence."""

    def execute(self, *args: Any, **options: Any) -> str | None:  # as BaseCommand
        with on_stage():
            try:
                return super().execute(*args, **options)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal


def programme_named(code: str | None) -> Programme:
    """The programme with the code, or the only one there is."""
    if code:
        found = Programme.objects.filter(code=code).first()
        if found is None:
            known = ", ".join(Programme.objects.values_list("code", flat=True)) or "inga"
            raise CommandError(f"Det finns inget program ”{code}”. Inlästa program: {known}.")
        return found
    programmes = list(Programme.objects.all()[:2])
    if not programmes:
        raise CommandError("Inget program är inläst. Kör manage.py load_programme FIL.")
    if len(programmes) > 1:
        raise CommandError("Flera program är inlästa. Ange vilket med --programme KOD.")
    return programmes[0]
