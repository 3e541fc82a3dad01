"""An actor's request to be paid from a granted tranche."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    DRAFT = "draft", "Utkast"
    SUBMITTED = "submitted", "Inskickad"
    RETURNED = "returned", "Återsänd"
    WITHDRAWN = "withdrawn", "Återtagen"
    APPROVED = "approved", "Attesterad"
    CANCELLED = "cancelled", "Makulerad"


# Claims on the tranche: what the ledger counts as requisitioned.
CLAIMING = (Status.SUBMITTED, Status.APPROVED)
# Received and not ended: nothing is decided over its head. A draft has not been received, and binds nobody.
RECEIVED = (Status.SUBMITTED, Status.RETURNED, Status.APPROVED)
UNDER_WAY = (Status.SUBMITTED, Status.RETURNED)

REQUISITION = Lifecycle(
    "rekvisitionen",
    Status,
    {
        "submit": move("Skicka in", [Status.DRAFT, Status.RETURNED], Status.SUBMITTED),
        "return": against("Skicka tillbaka", Status.SUBMITTED, Status.RETURNED),
        "withdraw": against("Återta", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED], Status.WITHDRAWN),
        # The writer's own is ended by no other hand: its amount can no longer be requisitioned.
        "fall_away": move("Låt utkastet falla bort", Status.DRAFT, Status.WITHDRAWN),
        "approve": move("Attestera", Status.SUBMITTED, Status.APPROVED),
        # What the actor never corrects does not stand in the way for ever.
        "cancel": against("Makulera", [Status.RETURNED, Status.APPROVED], Status.CANCELLED),
    },
)
