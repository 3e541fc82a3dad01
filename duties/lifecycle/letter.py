"""A letter waits until a server has taken it. Failing for now keeps it queued, with a later next try."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    QUEUED = "queued", "Köat"
    SENT = "sent", "Skickat"
    FAILED = "failed", "Misslyckat"
    BOUNCED = "bounced", "Studsat"
    DROPPED = "dropped", "Behövdes inte"


LETTER = Lifecycle(
    "brevet",
    Status,
    {
        "send": move("Skicka", Status.QUEUED, Status.SENT),
        "give_up": move("Ge upp", Status.QUEUED, Status.FAILED),
        "bounce": against("Registrera studs", {Status.QUEUED, Status.SENT}, Status.BOUNCED),
        "drop": move("Låta bli att skicka", Status.QUEUED, Status.DROPPED),
        "requeue": move("Skicka igen", {Status.FAILED, Status.BOUNCED}, Status.QUEUED),
    },
)
