"""A succession stands planned in the programme file until the ministry registers it."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, move


class Status(TextChoices):
    PLANNED = "planned", "Planerad"
    REGISTERED = "registered", "Registrerad"


SUCCESSION = Lifecycle(
    "övergången",
    Status,
    {
        "register": move("Registrera", Status.PLANNED, Status.REGISTERED),
        "undo": move("Ångra", Status.REGISTERED, Status.PLANNED),
    },
)
