"""A government decision is public no earlier than its dispatch (expediering)."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    DRAFT = "draft", "Utkast"
    DISPATCHED = "dispatched", "Expedierat"
    DISCARDED = "discarded", "Makulerat utkast"


GOVERNMENT_DECISION = Lifecycle(
    "beslutet",
    Status,
    {
        "dispatch": move("Expediera", Status.DRAFT, Status.DISPATCHED),
        "discard": against("Makulera utkastet", Status.DRAFT, Status.DISCARDED),
    },
)
