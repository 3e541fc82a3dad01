"""A debtor asks for a later day (anstånd); whoever may decides."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, move


class Status(TextChoices):
    ASKED = "asked", "Begärt"
    GRANTED = "granted", "Beviljat"
    REFUSED = "refused", "Avslaget"
    WITHDRAWN = "withdrawn", "Återtaget"


EXTENSION = Lifecycle(
    "begäran om anstånd",
    Status,
    {
        "grant": move("Bevilja anstånd", Status.ASKED, Status.GRANTED),
        "refuse": move("Avslå begäran", Status.ASKED, Status.REFUSED),
        "withdraw": move("Återta begäran", Status.ASKED, Status.WITHDRAWN),
    },
)
