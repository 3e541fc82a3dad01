"""Counties and actors are one register for all programmes: a second file must mean the same ones."""

from datetime import date

from actors.models import Actor, County
from digikoord.lib import locks
from digikoord.lib.verdict import Refused
from programmes import programme_file
from programmes.models import Programme

ACTOR_FIELDS = ("kind", "legal_name", "display_name", "org_nr", "org_nr_basis", "dissolved_on")
NAMES = ("kind", "legal_name", "display_name")


@locks.part_of_act
def write_counties(definition: programme_file.ProgrammeFile) -> None:
    others = {row.code: row for other in _others(definition) for row in other.counties}
    for row in definition.counties:
        known = others.get(row.code)
        if known and (known.letter, known.name) != (row.letter, row.name):
            raise Refused(f"Länet {row.code} är redan {known.name} ({known.letter}) i ett annat program.")
        taken = County.objects.filter(letter=row.letter).exclude(code=row.code).first()
        if taken:
            raise Refused(f"Länsbokstaven {row.letter} är redan {taken.name}, län {taken.code}.")
        County.objects.update_or_create(code=row.code, defaults={"letter": row.letter, "name": row.name})


@locks.part_of_act
def write_actors(definition: programme_file.ProgrammeFile) -> dict[str, Actor]:
    """{code: Actor} of the definition's actors, made or brought up to date."""
    others = [row for other in _others(definition) for row in other.actors]
    return {
        row.code: _write_actor(row, [other for other in others if other.code == row.code])
        for row in definition.actors
    }


def _others(definition: programme_file.ProgrammeFile) -> list[programme_file.ProgrammeFile]:
    """What the other programmes' files say."""
    rows = Programme.objects.exclude(code=definition.programme.code)
    return [row.definition for row in rows]


def _write_actor(row: programme_file.Actor, elsewhere: list[programme_file.Actor]) -> Actor:
    """An actor known from another programme must be the same legal person here, by number and by name."""
    values = {name: getattr(row, name) for name in ACTOR_FIELDS}
    known = Actor.objects.filter(code=row.code).first()
    if known and known.org_nr and row.org_nr and known.org_nr != row.org_nr:
        raise Refused(
            f"Aktören {row.code} finns redan med organisationsnummer {known.org_nr}, inte {row.org_nr}."
        )
    if known and not row.org_nr:
        values["org_nr"], values["org_nr_basis"] = known.org_nr, known.org_nr_basis
    clash = Actor.objects.filter(org_nr=row.org_nr).exclude(code=row.code).exclude(org_nr="").first()
    if clash:
        raise Refused(f"Organisationsnumret {row.org_nr} används redan av {clash}.")
    values.update({name: getattr(_latest(row, elsewhere), name) for name in NAMES})
    actor, _ = Actor.objects.update_or_create(code=row.code, defaults=values)
    return actor


def _latest(row: programme_file.Actor, elsewhere: list[programme_file.Actor]) -> programme_file.Actor:
    """Whose name holds: a later file may bring a later name, if it says from when; else they must agree."""
    latest = row
    for other in elsewhere:
        if (other.kind, other.legal_name) == (row.kind, row.legal_name):
            continue
        if _since(other) == _since(row):
            raise Refused(
                f"Aktören {row.code} är {other.legal_name} i ett annat program, inte {row.legal_name}. "
                "Har den bytt namn säger valid_from från när."
            )
        latest = max(latest, other, key=_since)
    return latest


def _since(row: programme_file.Actor) -> date:
    return row.valid_from or date.min
