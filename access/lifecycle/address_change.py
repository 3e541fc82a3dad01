"""A new e-mail address for somebody who decides or pays: one proposes, another confirms."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, move


class Status(TextChoices):
    PROPOSED = "proposed", "Väntar på en andra person"
    CONFIRMED = "confirmed", "Bekräftad"
    REJECTED = "rejected", "Avslagen"


ADDRESS_CHANGE = Lifecycle(
    "adressändringen",
    Status,
    {
        "confirm": move("Bekräfta", Status.PROPOSED, Status.CONFIRMED),
        "reject": move("Avslå", Status.PROPOSED, Status.REJECTED),
    },
)
