"""A fact check (faktagranskning): the actor reads its page of the compilation, and says whether it is right."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    ASKED = "asked", "Väntar på svar"
    CONFIRMED = "confirmed", "Stämmer"
    OBJECTED = "objected", "Invändning"
    HANDLED = "handled", "Invändningen är hanterad"
    WITHDRAWN = "withdrawn", "Återtagen"


LIVE = (Status.ASKED, Status.CONFIRMED, Status.OBJECTED, Status.HANDLED)

FACT_CHECK = Lifecycle(
    "faktagranskningen",
    Status,
    {
        "confirm": move("Svara att allt stämmer", Status.ASKED, Status.CONFIRMED),
        "object": move("Lämna en invändning", Status.ASKED, Status.OBJECTED),
        "handle": move("Ta ställning", Status.OBJECTED, Status.HANDLED),
        "withdraw": against("Återta", Status.ASKED, Status.WITHDRAWN),
    },
)
