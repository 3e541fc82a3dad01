"""An actor's report of a year. Each submission is a version that never changes."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    DRAFT = "draft", "Utkast"
    SUBMITTED = "submitted", "Inskickad"
    RETURNED = "returned", "Återsänd"
    REVIEWED = "reviewed", "Granskad"
    APPROVED = "approved", "Godkänd"


OPEN_FOR_WRITING = (Status.DRAFT, Status.RETURNED)
RECEIVED = (Status.SUBMITTED, Status.REVIEWED, Status.APPROVED)

ACTIVITY_REPORT = Lifecycle(
    "redovisningen",
    Status,
    {
        "submit": move("Skicka in", [Status.DRAFT, Status.RETURNED], Status.SUBMITTED),
        "return": against("Begär komplettering", [Status.SUBMITTED, Status.REVIEWED], Status.RETURNED),
        "review": move("Klarmarkera granskningen", Status.SUBMITTED, Status.REVIEWED),
        "approve": move("Godkänn", Status.REVIEWED, Status.APPROVED),
        "reopen": against("Öppna igen", Status.APPROVED, Status.RETURNED),
    },
)
