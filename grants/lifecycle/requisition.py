"""An actor's request to be paid from a granted tranche."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, move


class Status(TextChoices):
    DRAFT = "draft", "Utkast"
    SUBMITTED = "submitted", "Inskickad"
    RETURNED = "returned", "Återsänd"
    WITHDRAWN = "withdrawn", "Återtagen"
    APPROVED = "approved", "Attesterad"
    CANCELLED = "cancelled", "Makulerad"


# Claims on the tranche: what the ledger counts as requisitioned.
CLAIMING = (Status.SUBMITTED, Status.APPROVED)
# Not ended: nothing may be decided over its head.
STANDING = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED)
UNDER_WAY = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)

REQUISITION = Lifecycle(
    "rekvisitionen",
    Status,
    {
        "submit": move("Skicka in", [Status.DRAFT, Status.RETURNED], Status.SUBMITTED),
        "return": move("Skicka tillbaka", Status.SUBMITTED, Status.RETURNED),
        "withdraw": move("Återta", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED], Status.WITHDRAWN),
        "approve": move("Attestera", Status.SUBMITTED, Status.APPROVED),
        "cancel": move("Makulera", Status.APPROVED, Status.CANCELLED),
    },
)
