"""A place's money of one year."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    CONDITIONAL = "conditional", "Villkorat"
    OPEN = "open", "Öppet"
    PREPARED = "prepared", "Berett"
    GRANTED = "granted", "Beviljat"
    CLOSED = "closed", "Stängt"
    SETTLED = "settled", "Slutreglerat"
    CANCELLED = "cancelled", "Inställt"


DECIDED = (Status.GRANTED, Status.CLOSED, Status.SETTLED)

TRANCHE = Lifecycle(
    "årsbeloppet",
    Status,
    {
        "release": move("Frigör", Status.CONDITIONAL, Status.OPEN),
        "prepare": move("Bered", Status.OPEN, Status.PREPARED),
        "send_back": against("Skicka tillbaka", Status.PREPARED, Status.OPEN),
        "grant": move("Bevilja", Status.PREPARED, Status.GRANTED),
        "reopen": against("Öppna igen", Status.GRANTED, Status.OPEN),
        "close": against("Stäng", Status.GRANTED, Status.CLOSED),
        "settle": move("Slutreglera", Status.CLOSED, Status.SETTLED),
        # A decided recovery or a counter-entry brings a settled year back, until paid is accounted for again.
        "unsettle": move("Häv slutregleringen", Status.SETTLED, Status.CLOSED),
        "cancel": against(
            "Ställ in",
            [Status.CONDITIONAL, Status.OPEN, Status.PREPARED, Status.GRANTED],
            Status.CANCELLED,
        ),
        "restore": move("Återställ", Status.CANCELLED, Status.OPEN),
        # A year whose condition is not yet fulfilled goes back to waiting for it.
        "restore_conditional": move("Återställ villkorat", Status.CANCELLED, Status.CONDITIONAL),
    },
    born=(Status.OPEN, Status.CONDITIONAL),
)
