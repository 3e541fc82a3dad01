"""Money to be repaid. Receipts and waivers are rows; their sum decides when it can close."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    OPEN = "open", "Öppet"
    CLOSED = "closed", "Reglerat"


REPAYMENT_CLAIM = Lifecycle(
    "återbetalningskravet",
    Status,
    {
        "adjust": move("Justera", Status.OPEN, Status.OPEN),
        "defer": move("Bevilja anstånd", Status.OPEN, Status.OPEN),
        "close": against("Reglera", Status.OPEN, Status.CLOSED),
        "reopen": against("Öppna igen", Status.CLOSED, Status.OPEN),
    },
)
