"""Money taken back after a breach: the recipient is heard first (förvaltningslagen 25 §), then another decides."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    HEARING = "hearing", "Väntar på svar"
    ANSWERED = "answered", "Besvarat"
    SILENT = "silent", "Inget svar"
    DECIDED = "decided", "Beslutat"
    WITHDRAWN = "withdrawn", "Avskrivet"


LIVE = (Status.HEARING, Status.ANSWERED, Status.SILENT)

RECOVERY = Lifecycle(
    "återkravet",
    Status,
    {
        # An answer that comes late is read as long as nothing is decided.
        "answer": move("Svara", [Status.HEARING, Status.SILENT], Status.ANSWERED),
        "note_silence": move("Notera uteblivet svar", Status.HEARING, Status.SILENT),
        "decide": move("Besluta", [Status.ANSWERED, Status.SILENT], Status.DECIDED),
        "withdraw": against("Avskriv", LIVE, Status.WITHDRAWN),
    },
)
