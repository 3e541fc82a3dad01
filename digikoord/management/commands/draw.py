from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from digikoord import drawing


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Skriver de filer i docs/ som görs av koden: datamodellen och livscyklerna."

    def handle(self, **_options: object) -> None:
        for name, drawn in drawing.FILES.items():
            path, text = Path(settings.BASE_DIR, name), drawn()
            if path.exists() and path.read_text(encoding="utf-8") == text:
                self.stdout.write(f"{name}: oförändrad")
                continue
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"{name}: skriven")
