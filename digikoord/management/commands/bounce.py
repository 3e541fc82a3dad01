import sys

from django.core.management.base import CommandError

from access.actions import addresses
from digikoord.stage_command import StageCommand
from duties import returned_mail
from duties.models import Letter


class Command(StageCommand):
    help = "Läser ett studsmeddelande (DSN) på standard in och märker adressen. För e-postserverns alias."

    def handle(self, **options: object) -> None:
        report = returned_mail.read(sys.stdin.buffer.read())
        if report is None:
            raise CommandError("Det är inget studsmeddelande om ett brev.")
        letter = Letter.objects.filter(message_id=report.message_id).first()
        if letter is None:
            raise CommandError(f"Inget brev har {report.message_id}.")
        if not report.permanent:
            self.stdout.write(f"Tillfälligt fel för {letter.address}: {report.reason}. Inget ändras.")
        elif not letter.can("bounce"):
            self.stdout.write(f"Brevet till {letter.address} är redan {letter.get_status_display().lower()}.")
        else:
            addresses.report_bounce(letter, reason=report.reason)
            self.stdout.write(f"Brevet till {letter.address} har studsat: {report.reason}.")
