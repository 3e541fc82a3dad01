"""The Riksdag's decision on a year's money, registered by one person and confirmed by another."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    REGISTERED = "registered", "Registrerat"
    CONFIRMED = "confirmed", "Bekräftat"
    WITHDRAWN = "withdrawn", "Återtaget"


BUDGET_DECISION = Lifecycle(
    "riksdagsbeslutet",
    Status,
    {
        "confirm": move("Bekräfta", Status.REGISTERED, Status.CONFIRMED),
        "withdraw": against("Återta", Status.REGISTERED, Status.WITHDRAWN),
    },
)
