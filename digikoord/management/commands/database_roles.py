import os

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from digikoord.database import roles

PASSWORDS = ("DIGIKOORD_OWNER_PASSWORD", "DIGIKOORD_APP_PASSWORD")


class Command(BaseCommand):
    help = (
        "Lägg upp databasens två roller och deras rättigheter. Körs av en superanvändare (DATABASE_URL), om och om igen: "
        "en tidigare installation tas över."
    )
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Rollerna hör till PostgreSQL. SQLite har inga.")
        owner, application = (os.environ.get(name, "") for name in PASSWORDS)
        if not owner or not application or owner == application:
            raise CommandError(f"Ange två olika lösenord i {' och '.join(PASSWORDS)}.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
            if not cursor.fetchone()[0]:
                raise CommandError("Bara en superanvändare i databasen kan lägga upp rollerna.")
            roles.lay_up(cursor, owner_password=owner, application_password=application)
        self.stdout.write(
            f"Rollerna {roles.OWNER} och {roles.APPLICATION} är upplagda och har sina rättigheter."
        )
