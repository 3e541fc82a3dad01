"""One actor's holding of a place: an assignment binds at dispatch, an offer when it is accepted."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    DRAFT = "draft", "Utkast"
    OFFERED = "offered", "Erbjuden"
    IN_FORCE = "in_force", "Gäller"
    DECLINED = "declined", "Nej tack"
    LAPSED = "lapsed", "Förfallet"
    TRANSFERRED = "transferred", "Övergått"
    ANNULLED = "annulled", "Återkallat erbjudande"
    REVOKED = "revoked", "Upphävt"
    CONCLUDED = "concluded", "Avslutat"


# Who holds a place is whoever has one of these; a place has at most one.
LIVE = (Status.DRAFT, Status.OFFERED, Status.IN_FORCE)

# What the holder itself may see: a draft is nobody's business before its dispatch.
KNOWN = tuple(status for status in Status if status != Status.DRAFT)

ASSIGNMENT = Lifecycle(
    "uppdraget",
    Status,
    {
        "dispatch_assignment": move("Expediera uppdrag", Status.DRAFT, Status.IN_FORCE),
        "dispatch_offer": move("Expediera erbjudande", Status.DRAFT, Status.OFFERED),
        "accept": move("Tacka ja", Status.OFFERED, Status.IN_FORCE),
        "decline": against("Tacka nej", Status.OFFERED, Status.DECLINED),
        "lapse": against("Låt förfalla", Status.OFFERED, Status.LAPSED),
        "reopen": against("Öppna igen", [Status.DECLINED, Status.LAPSED], Status.OFFERED),
        "transfer": move("Överför", Status.IN_FORCE, Status.TRANSFERRED),
        "undo_transfer": move("Ångra övergången", Status.TRANSFERRED, Status.IN_FORCE),
        "annul": against("Återkalla erbjudandet", Status.OFFERED, Status.ANNULLED),
        "revoke": against("Upphäv", Status.IN_FORCE, Status.REVOKED),
        "conclude": move("Avsluta", Status.IN_FORCE, Status.CONCLUDED),
    },
)
