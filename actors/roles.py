"""The roles a person may hold at a party, and what each is for. A document a lawyer can read."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Role(TextChoices):
    OFFICIAL = "official", "handläggare"
    DECISION_MAKER = "decision_maker", "beslutsfattare"
    PAYER = "payer", "ekonom"
    WRITER = "writer", "koordinator eller handläggare hos aktören"
    SIGNATORY = "signatory", "behörig företrädare"
    CASE_OFFICER = "case_officer", "handläggare på sekretariatet"
    HEAD = "head", "fastställare"
    AUDITOR = "auditor", "revisor"
    ADMINISTRATOR = "administrator", "administratör"


class Party(TextChoices):
    """What a party can be in a programme; one actor can be several."""

    MINISTRY = "ministry", "Regeringskansliet"
    DISBURSER = "disburser", "utbetalande myndighet"
    SECRETARIAT = "secretariat", "nationellt sekretariat"
    RECIPIENT = "recipient", "mottagare"


@dataclass(frozen=True)
class Duty:
    """Where a role can be held, and what for."""

    parties: tuple[Party, ...]
    purpose: str


STATE = ("government_offices", "agency", "county_administrative_board")
ANYWHERE = (Role.AUDITOR, Role.ADMINISTRATOR)
OF_RECIPIENTS = (Role.WRITER, Role.SIGNATORY, *ANYWHERE)


# Who decide and handle the matters of actors, and who examine a conflict of interest among them
HANDLING = (Role.OFFICIAL, Role.DECISION_MAKER, Role.PAYER, Role.CASE_OFFICER, Role.HEAD)
EXAMINING = (Role.DECISION_MAKER, Role.HEAD)
# Who are told of duties; the others only look, or see to people
OWING = (*HANDLING, Role.WRITER, Role.SIGNATORY)
ANSWERING = (Role.ADMINISTRATOR, *EXAMINING)
# Who decides, attests or pays, and who sees to people: one logs in with one's address, so two persons change it
ADDRESS_BY_TWO = (Role.OFFICIAL, Role.DECISION_MAKER, Role.PAYER, Role.HEAD, Role.ADMINISTRATOR)


def roles_of(kind: str) -> tuple[Role, ...]:
    """The roles that make sense at an actor of the kind: only the state decides, pays and compiles."""
    return tuple(Role) if kind in STATE else OF_RECIPIENTS


ROLES = {
    Role.OFFICIAL: Duty(
        (Party.MINISTRY,),
        "Bereder beslut och årsbelopp, handlägger erbjudanden, övergångar och rekvisitioner "
        "och rättar misslyckade utbetalningar.",
    ),
    Role.DECISION_MAKER: Duty(
        (Party.MINISTRY,),
        "Expedierar beslut, beviljar medel och bekräftar riksdagens budgetbeslut; "
        "öppnar på nytt, överför, återkallar, efterger och avslutar.",
    ),
    Role.PAYER: Duty(
        (Party.DISBURSER,),
        "Kontrollerar betalningsuppgifter, utanordnar och exporterar utbetalningar, "
        "godtar ekonomiska redovisningar och registrerar återbetalningar.",
    ),
    Role.WRITER: Duty(
        (Party.RECIPIENT,),
        "Skriver redovisningar och rekvisitioner.",
    ),
    Role.SIGNATORY: Duty(
        (Party.RECIPIENT,),
        "Tackar ja eller nej, skickar in rekvisitioner och redovisningar och utser koordinator.",
    ),
    Role.CASE_OFFICER: Duty(
        (Party.SECRETARIAT,),
        "Granskar redovisningar, begär komplettering och bygger sammanställningen.",
    ),
    Role.HEAD: Duty(
        (Party.SECRETARIAT,),
        "Godkänner redovisningar, fastställer och överlämnar sammanställningen.",
    ),
    Role.AUDITOR: Duty(
        tuple(Party),
        "Läser det som parten ser och ändrar ingenting.",
    ),
    Role.ADMINISTRATOR: Duty(
        tuple(Party),
        "Lägger upp användare och behörigheter hos den egna parten, aldrig sina egna.",
    ),
}
