"""The fictional people of the rehearsal: one address for each role and party, names drawn in order."""

from itertools import product

from actors.actions import memberships
from actors.models import Actor, User
from actors.roles import Role
from grants.models import Place

FIRST = (
    *("Anna", "Erik", "Maria", "Lars", "Karin", "Johan", "Eva", "Mikael", "Sara", "Anders"),
    *("Lena", "Per", "Ingrid", "Åsa", "Göran", "Elin", "Nils", "Märta", "Östen", "Sunna"),
)
LAST = ("Almgren", "Bergqvist", "Dahlström", "Ekman", "Forsslund", "Grahn", "Hedlund")

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


def address(local, actor_code):
    return f"{local}@{actor_code}.example"


def person(local, actor_code):
    """The person at the address, read anew: memberships change as the story goes."""
    return User.objects.get(email=address(local, actor_code))


def lay_up(programme):
    """Give every party of the programme its people, successors to come included."""
    names = (f"{first} {last}" for last, first in product(LAST, FIRST))
    parties = [(programme.ministry, MINISTRY), (programme.disburser, DISBURSER)]
    if programme.secretariat:
        parties.append((programme.secretariat, SECRETARIAT))
    parties += [(actor, RECIPIENT) for actor in _recipients(programme)]
    names_of, laid_up = {}, set()
    for actor, roles in parties:
        for local, role, title in roles:
            email = address(local, actor.code)
            if (email, role) in laid_up:
                continue  # Tillväxtverket is the secretariat and a recipient
            laid_up.add((email, role))
            name = names_of.get(email) or names_of.setdefault(email, next(names))
            memberships.invite(actor, email=email, name=name, role=role, title=title)


def _recipients(programme):
    codes = {holder.actor for place in programme.definition.places for holder in place.holders}
    return Actor.objects.filter(code__in=codes).order_by("code")


def on_stage(programme):
    """What the login page offers: (what the person meets, address), the default first."""
    secretariat = programme.secretariat or programme.ministry
    ministry, disburser = programme.ministry.code, programme.disburser.code
    recipients = Place.objects.filter(programme=programme, part="recipient")
    offered = recipients.filter(assignments__status="offered").order_by("code").first()
    returned = recipients.filter(tranches__report__status="returned").order_by("code").first()
    rows = [("Handläggare, sekretariatet", "handlaggare", secretariat.code)]
    rows += [("Fastställare, sekretariatet", "faststallare", secretariat.code)]
    rows += [
        ("Handläggare, departementet", "handlaggare", ministry),
        ("Beslutsfattare, departementet", "beslutsfattare", ministry),
        ("Ekonom", "ekonom", disburser),
        ("Ekonom, den andra", "ekonom2", disburser),
    ]
    if returned:
        rows.append(("Koordinator hos aktör", "koordinator", _holder(returned)))
    if offered:
        rows.append(("Behörig företrädare", "foretradare", _holder(offered)))
    rows += [
        ("Revisor, departementet", "revisor", ministry),
        ("Administratör, departementet", "administrator", ministry),
    ]
    people = {row.email: row for row in User.objects.filter(email__in=[address(b, c) for _, b, c in rows])}
    found = [(label, people.get(address(local, code))) for label, local, code in rows]
    return [(label, person) for label, person in found if person]


def _holder(place):
    return place.assignments.live().select_related("holder").get().holder.code
