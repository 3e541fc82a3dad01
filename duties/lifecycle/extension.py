"""A debtor asks for a later day (anstånd); whoever may decides, while there is a duty to give it to."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    ASKED = "asked", "Begärt"
    GRANTED = "granted", "Beviljat"
    REFUSED = "refused", "Avslaget"
    WITHDRAWN = "withdrawn", "Återtaget"
    LAPSED = "lapsed", "Förfallet"


EXTENSION = Lifecycle(
    "begäran om anstånd",
    Status,
    {
        "grant": move("Bevilja anstånd", Status.ASKED, Status.GRANTED),
        "refuse": move("Avslå begäran", Status.ASKED, Status.REFUSED),
        "withdraw": against("Återta begäran", Status.ASKED, Status.WITHDRAWN),
        "lapse": against("Låt begäran förfalla", Status.ASKED, Status.LAPSED),
    },
)
