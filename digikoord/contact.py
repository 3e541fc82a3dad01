"""Who answers for the installation, and how they are reached: what the accessibility statement must lead to.

It is read from the environment: whoever answers is decided where the installation is laid up, it is shown while the database
is away, and no single person can change it from a page. Without it the rehearsal's own, made up and marked, is shown;
production refuses both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

WANTED = {
    "DIGIKOORD_CONTACT_AUTHORITY": "den ansvariga myndighetens namn",
    "DIGIKOORD_CONTACT_EMAIL": "e-postadressen för brister i tillgängligheten",
    "DIGIKOORD_CONTACT_ADDRESS": "postadressen",
    "DIGIKOORD_CONTACT_PHONE": "telefonnumret",
    "DIGIKOORD_CONTACT_REPLY": "när man får svar, till exempel ”inom fem arbetsdagar”",
}
MADE_UP = "påhittad"
REHEARSED = {
    "DIGIKOORD_CONTACT_AUTHORITY": "Övningsmyndigheten (påhittad)",
    "DIGIKOORD_CONTACT_EMAIL": "tillganglighet@ovningsmyndigheten.example",
    "DIGIKOORD_CONTACT_ADDRESS": "Påhittade gatan 1, 000 00 Övningsorten",
    "DIGIKOORD_CONTACT_PHONE": "08-465 004 00",  # PTS keeps the series for made-up numbers
    "DIGIKOORD_CONTACT_REPLY": "inom fem arbetsdagar",
}


@dataclass(frozen=True)
class Contact:
    """`reply` ends the sentence "Du får svar …"."""

    authority: str
    email: str
    address: str
    phone: str
    reply: str

    @property
    def is_made_up(self) -> bool:
        return MADE_UP in self.authority.lower()

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return re.sub(r"[^\d+]", "", self.phone)


def told(environ: Mapping[str, str]) -> Contact:
    """The installation's own, or the rehearsal's where not all of it is named."""
    given = {name: environ.get(name, "").strip() for name in WANTED}
    values = given if all(given.values()) else REHEARSED
    return Contact(*(values[name] for name in WANTED))


def faults(environ: Mapping[str, str]) -> list[str]:
    """What is wrong with what is named, as ends of sentences. What is missing is told elsewhere."""
    contact = told(environ)
    found = []
    if any(MADE_UP in value.lower() for value in vars(contact).values()):
        found.append("DIGIKOORD_CONTACT_… är övningens påhittade")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", contact.email):
        found.append("DIGIKOORD_CONTACT_EMAIL är ingen e-postadress")
    if len(contact.dialled.lstrip("+")) < 5:
        found.append("DIGIKOORD_CONTACT_PHONE är inget telefonnummer")
    return found
