from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email

from access.actions import memberships
from actors.models import Actor
from actors.roles import Role
from digikoord.stage_command import StageCommand
from duties.actions import links


class Command(StageCommand):
    help = "Lägger upp en person med en roll hos en part, och skriver ut en länk för att välja lösenord."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-POST")
        parser.add_argument("--party", required=True, metavar="KOD", help="Aktörens kod i programfilen.")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="", help="Namnet, annars e-postadressen.")
        parser.add_argument("--title", default="")

    def handle(self, *, email: str, party: str, role: str, name: str, title: str, **options: object) -> None:
        actor = Actor.objects.filter(code=party).first()
        if actor is None:
            known = ", ".join(Actor.objects.values_list("code", flat=True)) or "inga, läs in ett program"
            raise CommandError(f"Det finns ingen part ”{party}”. Parter: {known}.")
        try:
            validate_email(email)
            row = memberships.invite(actor, email=email, name=name or email, role=role, title=title)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{row.user.name} är {row.get_role_display()} hos {actor}.")
        if not row.user.has_usable_password():
            self.stdout.write(f"Välj lösenord på {links.hand_over(row.user)}")
