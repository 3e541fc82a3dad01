"""A bankgiro or plusgiro is paid to only once a second official has verified it."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, move


class Status(TextChoices):
    UNVERIFIED = "unverified", "Ej kontrollerad"
    VERIFIED = "verified", "Kontrollerad"
    REPLACED = "replaced", "Ersatt"


LIVE = (Status.UNVERIFIED, Status.VERIFIED)

PAYMENT_ACCOUNT = Lifecycle(
    "betalningsuppgiften",
    Status,
    {
        "verify": move("Kontrollera", Status.UNVERIFIED, Status.VERIFIED),
        "replace": move("Ersätt", [Status.UNVERIFIED, Status.VERIFIED], Status.REPLACED),
    },
)
