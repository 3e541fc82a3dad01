"""A payment of one approved requisition, from preparation to settled at the bank."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    PREPARED = "prepared", "Förberedd"
    RELEASED = "released", "Utanordnad"
    EXPORTED = "exported", "Skickad till banken"
    ACCEPTED = "accepted", "Mottagen av banken"
    PAID = "paid", "Betald"
    FAILED = "failed", "Misslyckad"
    RETURNED = "returned", "Retur"
    CANCELLED = "cancelled", "Makulerad"


LIVE = (Status.PREPARED, Status.RELEASED, Status.EXPORTED, Status.ACCEPTED, Status.PAID)
# The bank has not carried it out, or has sent it back: it is corrected or cancelled.
CAME_BACK = (Status.FAILED, Status.RETURNED)
# Not ended: money may still leave.
UNDER_WAY = (Status.PREPARED, Status.RELEASED, Status.EXPORTED, Status.ACCEPTED, *CAME_BACK)
AT_THE_BANK = (Status.EXPORTED, Status.ACCEPTED)

PAYMENT = Lifecycle(
    "utbetalningen",
    Status,
    {
        "release": move("Utanordna", Status.PREPARED, Status.RELEASED),
        "hold": against("Håll inne", Status.RELEASED, Status.PREPARED),
        "export": move("Skapa betalningslista", Status.RELEASED, Status.EXPORTED),
        "accept": move("Bekräfta mottagen", Status.EXPORTED, Status.ACCEPTED),
        "confirm": move("Bekräfta betald", [Status.EXPORTED, Status.ACCEPTED], Status.PAID),
        "fail": against("Registrera misslyckad", [Status.EXPORTED, Status.ACCEPTED], Status.FAILED),
        "return": against("Registrera retur", Status.PAID, Status.RETURNED),
        "correct": move("Rätta", [Status.FAILED, Status.RETURNED], Status.PREPARED),
        "cancel": against("Makulera", [Status.PREPARED, Status.FAILED, Status.RETURNED], Status.CANCELLED),
    },
)
