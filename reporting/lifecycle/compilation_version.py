"""A version of a year's compilation: what is established is exactly what was frozen."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, move


class Status(TextChoices):
    DRAFT = "draft", "Utkast"
    FROZEN = "frozen", "Fryst"
    ESTABLISHED = "established", "Fastställd"
    DELIVERED = "delivered", "Överlämnad"
    ACKNOWLEDGED = "acknowledged", "Mottagen"


OPEN = (Status.DRAFT, Status.FROZEN)
FINAL = (Status.ESTABLISHED, Status.DELIVERED, Status.ACKNOWLEDGED)

COMPILATION_VERSION = Lifecycle(
    "sammanställningen",
    Status,
    {
        "freeze": move("Frys", Status.DRAFT, Status.FROZEN),
        "thaw": move("Tina", Status.FROZEN, Status.DRAFT),
        "establish": move("Fastställ", Status.FROZEN, Status.ESTABLISHED),
        "deliver": move("Överlämna", Status.ESTABLISHED, Status.DELIVERED),
        "acknowledge": move("Bekräfta mottagandet", Status.DELIVERED, Status.ACKNOWLEDGED),
    },
)
