"""The fictional people of the rehearsal: one address for each role and party, names drawn in order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from access.actions import memberships
from actors.models import Actor, User
from actors.roles import Role
from grants.models import Assignment

if TYPE_CHECKING:
    from programmes.models import Programme


FIRST = (
    "Anna",
    "Erik",
    "Maria",
    "Lars",
    "Karin",
    "Johan",
    "Eva",
    "Mikael",
    "Sara",
    "Anders",
    "Lena",
    "Per",
    "Ingrid",
    "Åsa",
    "Göran",
    "Elin",
    "Nils",
    "Märta",
    "Östen",
    "Sunna",
)
LAST = ("Almgren", "Bergqvist", "Dahlström", "Ekman", "Forsslund", "Grahn", "Hedlund")
# Each place's coordinator, in the order of the codes: the same person in the register and at the login
COORDINATORS = (
    "Malin Sjö",
    "Oskar Fors",
    "Helena Vik",
    "Jonas Ek",
    "Frida Moberg",
    "Ali Rahimi",
    "Stina Kvist",
    "Viktor Hägg",
    "Nora Åberg",
    "Tomas Rönn",
    "Eli Sarri",
    "Petra Wik",
    "Samir Haddad",
    "Ylva Ström",
    "Bo Lindh",
    "Agnes Falk",
    "Ivar Brask",
    "Linnea Öst",
    "Kim Nordin",
    "Rut Hellman",
    "Axel Tornéus",
)

MINISTRY = (
    ("handlaggare", Role.OFFICIAL, "departementssekreterare"),
    ("beslutsfattare", Role.DECISION_MAKER, "enhetschef"),
    ("administrator", Role.ADMINISTRATOR, "administratör"),
    ("revisor", Role.AUDITOR, "internrevisor"),
)
DISBURSER = (
    ("ekonom", Role.PAYER, "ekonom"),
    ("ekonom2", Role.PAYER, "ekonom"),
)
SECRETARIAT = (
    ("handlaggare", Role.CASE_OFFICER, "handläggare"),
    ("handlaggare2", Role.CASE_OFFICER, "handläggare"),
    ("faststallare", Role.HEAD, "avdelningschef"),
    ("administrator", Role.ADMINISTRATOR, "administratör"),
    ("revisor", Role.AUDITOR, "internrevisor"),
)
RECIPIENT = (
    ("koordinator", Role.WRITER, "digitaliseringskoordinator"),
    ("foretradare", Role.SIGNATORY, "regional utvecklingsdirektör"),
    ("administrator", Role.ADMINISTRATOR, "administratör"),
)


def address(local: str, actor_code: str) -> str:
    return f"{local}@{actor_code}.example"


def person(local: str, actor_code: str) -> User:
    """The person at the address, read anew: memberships change as the story goes."""
    return User.objects.get(email=address(local, actor_code))


def lay_up(programme: Programme) -> None:
    """Give every party of the programme its people, successors to come included."""
    names = (f"{FIRST[n % 20]} {LAST[(3 * n + n // 20) % 7]}" for n in count())
    parties = [(programme.ministry, MINISTRY), (programme.disburser, DISBURSER)]
    if programme.secretariat:
        parties.append((programme.secretariat, SECRETARIAT))
    parties += [(actor, RECIPIENT) for actor in _recipients(programme)]
    names_of, laid_up = _coordinators(programme), set()
    for actor, roles in parties:
        for local, role, title in roles:
            email = address(local, actor.code)
            if (email, role) in laid_up:
                continue  # Tillväxtverket is the secretariat and a recipient
            laid_up.add((email, role))
            name = names_of.get(email) or names_of.setdefault(email, next(names))
            memberships.invite(actor, email=email, name=name, role=role, title=title)


def _coordinators(programme: Programme) -> dict[str, str]:
    """{address: name} of those whom the story appoints. Whoever takes a place over keeps its coordinator."""
    places = sorted(
        (place for place in programme.definition.places if place.part == "recipient"),
        key=lambda row: row.code,
    )
    return {
        address("koordinator", holder.actor): name
        for place, name in zip(places, COORDINATORS, strict=False)
        for holder in place.holders
    }


def _recipients(programme: Programme) -> QuerySet[Actor]:
    codes = {holder.actor for place in programme.definition.places for holder in place.holders}
    return Actor.objects.filter(code__in=codes).order_by("code")


@dataclass(frozen=True)
class RoleOnStage:
    """One whom the login page offers. `key` is the address; `note` what the person meets."""

    key: str
    title: str
    name: str
    party: str
    note: str
    first: bool


def on_stage(programme: Programme) -> list[RoleOnStage]:
    """Whom one can become with a click, the default first."""
    secretariat = programme.secretariat or programme.ministry
    ministry, disburser = programme.ministry, programme.disburser
    reporting, offered = _reporting_holder(programme), _offered_holder(programme)
    rows = [
        ("Handläggare på sekretariatet", "handlaggare", secretariat, "Granskar och sammanställer"),
        ("Fastställare", "faststallare", secretariat, "Godkänner, fastställer och överlämnar"),
        ("Handläggare på departementet", "handlaggare", ministry, "Bereder och attesterar"),
        ("Beslutsfattare", "beslutsfattare", ministry, "Expedierar, beviljar och bekräftar"),
        ("Ekonom", "ekonom", disburser, "Utanordnar och godtar redovisningar"),
        ("Ekonom, den andra", "ekonom2", disburser, "Bekräftar betalningar"),
        ("Koordinator", "koordinator", reporting, "Skriver redovisningen"),
        ("Behörig företrädare", "foretradare", reporting, "Skickar in redovisningen"),
        ("Behörig företrädare", "foretradare", offered, "Svarar på erbjudandet"),
        ("Koordinator", "koordinator", offered, "Skriver när uppdraget gäller"),
        ("Revisor", "revisor", ministry, "Läser allt, ändrar inget"),
        ("Administratör", "administrator", ministry, "Lägger upp användare"),
    ]
    by_address = {
        address(local, party.code): (title, party, note) for title, local, party, note in rows if party
    }
    known = {row.email: row for row in User.objects.filter(email__in=by_address)}
    return [
        RoleOnStage(email, title, known[email].name, str(party), note, first=number == 0)
        for number, (email, (title, party, note)) in enumerate(by_address.items())
        if email in known
    ]


def _offered_holder(programme: Programme) -> Actor | None:
    """The signatory worth being is one with an offer to answer, else anyone's."""
    return _holder(programme, status="offered") or _holder(programme, status="in_force")


def _reporting_holder(programme: Programme) -> Actor | None:
    """The coordinator worth being is one with a report to supplement, else anyone's."""
    returned = _holder(programme, tranches__report__status="returned")
    return returned or _holder(programme, status="in_force")


def _holder(programme: Programme, **lookups: object) -> Actor | None:
    rows = Assignment.objects.filter(place__programme=programme, place__part="recipient", **lookups)
    found = rows.select_related("holder").order_by("place__code").first()
    return found.holder if found else None
