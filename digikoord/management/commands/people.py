from digikoord.models import Stage
from digikoord.rehearsal import people
from digikoord.stage_command import StageCommand
from programmes.models import Programme


class Command(StageCommand):
    help = "Skriver ut dem som kan logga in i övningen med ett klick."

    def handle(self, **options: object) -> None:
        stage = Stage.current()
        if not stage.rehearsal:
            self.stdout.write("Databasen är inte en övning. Lägg upp personer med manage.py invite.")
            return
        for programme in Programme.objects.order_by("pk")[:1]:
            self.stdout.write(f"Övningen står vid {stage.today}. Logga in med ett klick som:")
            for role in people.on_stage(programme):
                self.stdout.write(f"  {role.title:<30} {role.name:<20} {role.key}")
