"""A role that somebody of another party is offered. It gives nothing before the person has said yes."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    OFFERED = "offered", "Väntar på svar"
    ACCEPTED = "accepted", "Antagen"
    DECLINED = "declined", "Avböjd"
    WITHDRAWN = "withdrawn", "Återtagen"


MEMBERSHIP_OFFER = Lifecycle(
    "den erbjudna rollen",
    Status,
    {
        "accept": move("Ta emot rollen", Status.OFFERED, Status.ACCEPTED),
        "decline": against("Tacka nej", Status.OFFERED, Status.DECLINED),
        "withdraw": against("Ta tillbaka", Status.OFFERED, Status.WITHDRAWN),
    },
)
