"""The rules of places: who holds them, when, by what instrument, and the secretariat's seat."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from .faults import Fault
from .shape import STATE_BODIES, Actor, Holder, Place, Programme, ProgrammeFile


@dataclass(frozen=True)
class Known:
    """What a place may refer to, by code."""

    actor: Mapping[str, Actor]
    county: Set[str]
    decision: Set[str]


def place_rules(file: ProgrammeFile) -> Iterator[Fault]:
    known = Known(
        actor={actor.code: actor for actor in file.actors},
        county={county.code for county in file.counties},
        decision={decision.key for decision in file.decisions},
    )
    for index, place in enumerate(file.places):
        where = f"places[{index}]"
        yield from _references(where, place, known)
        yield from _own_ceilings(where, place, file)
        for number, holder in enumerate(place.holders):
            yield from _holder(
                f"{where}.holders[{number}]", holder, place=place, programme=file.programme, known=known
            )
        yield from _overlaps(where, place.holders)
    yield from _successions(file)
    yield from _secretariat(file)


def _references(where: str, place: Place, known: Known) -> Iterator[Fault]:
    for kind, part in (("county", "counties"), ("decision", "decisions")):
        code = getattr(place, kind)
        if code and code not in getattr(known, kind):
            yield Fault(f"{where}.{kind}", f"”{code}” finns inte i [[{part}]].")
    if place.part == "recipient" and not place.county:
        yield Fault(f"{where}.county", "En mottagares plats ska ha ett län.")


def _own_ceilings(where: str, place: Place, file: ProgrammeFile) -> Iterator[Fault]:
    years = {year.year for year in file.years}
    for year in place.ceilings:
        if year not in years:
            yield Fault(f"{where}.ceilings.{year}", f"År {year} finns inte i [[years]].")


def _holder(
    where: str, holder: Holder, *, place: Place, programme: Programme, known: Known
) -> Iterator[Fault]:
    actor = known.actor.get(holder.actor)
    if holder.actor and actor is None:
        yield Fault(f"{where}.actor", f"”{holder.actor}” finns inte i [[actors]].")
    if holder.decision and holder.decision not in known.decision:
        yield Fault(f"{where}.decision", f"”{holder.decision}” finns inte i [[decisions]].")
    if holder.instrument == "assignment" and actor and actor.kind and actor.kind not in STATE_BODIES:
        yield Fault(
            f"{where}.instrument", "Bara en statlig myndighet kan få ett uppdrag; andra får ett erbjudande."
        )
    if holder.starts and holder.ends and holder.ends < holder.starts:
        yield Fault(f"{where}.to", f"to ({holder.ends}) är före from ({holder.starts}).")
    for name, day in (("from", holder.starts), ("to", holder.ends)):
        if day and programme.starts and programme.ends and not programme.starts <= day <= programme.ends:
            yield Fault(
                f"{where}.{name}",
                f"Dagen {day} ligger utanför programmets tid {programme.starts}–{programme.ends}.",
            )
    if holder.starts and place.predecessor_of(holder) is None:
        if holder.decision == "":
            yield Fault(f"{where}.decision", "Den första innehavaren ska ha ett beslut.")
        if holder.predecessor_dissolved:
            yield Fault(f"{where}.predecessor_dissolved", "Den första innehavaren har ingen företrädare.")


def _overlaps(where: str, holders: Sequence[Holder]) -> Iterator[Fault]:
    dated = [(number, holder) for number, holder in enumerate(holders) if holder.starts]
    for (first, one), (second, other) in combinations(dated, 2):
        if one.starts <= (other.ends or date.max) and other.starts <= (one.ends or date.max):
            shared = max(one.starts, other.starts)
            yield Fault(
                f"{where}.holders[{second}].from",
                f"Två innehavare samtidigt: {other.actor} och {one.actor} (holders[{first}]) från {shared}.",
            )


def _successions(file: ProgrammeFile) -> Iterator[Fault]:
    """Nobody succeeds itself; and one that is succeeded holds one place, or it could not be told which goes on."""
    places: dict[str, int] = {}
    for index, place in enumerate(file.places):
        for number, holder in enumerate(place.holders):
            where = f"places[{index}].holders[{number}].actor"
            before = place.predecessor_of(holder) if holder.starts else None
            if not before or not before.actor:
                continue
            if before.actor == holder.actor:
                yield Fault(where, f"{holder.actor} kan inte efterträda sig själv.")
            elif places.setdefault(before.actor, index) != index:
                yield Fault(
                    where, f"{before.actor} efterträds också i places[{places[before.actor]}]: håll en plats."
                )


def _secretariat(file: ProgrammeFile) -> Iterator[Fault]:
    actor = file.programme.secretariat_actor
    seats = [(index, place) for index, place in enumerate(file.places) if place.part == "secretariat"]
    for index, place in seats:
        if not actor:
            yield Fault(
                f"places[{index}].part", "Platsen är sekretariatets, men programme.secretariat_actor saknas."
            )
        elif actor not in {holder.actor for holder in place.holders}:
            yield Fault(f"places[{index}].holders", f"Sekretariatet ({actor}) innehar inte sin egen plats.")
    for index, _ in seats[1:]:
        yield Fault(f"places[{index}].part", "Programmet kan bara ha en plats för sekretariatet.")
    for index, year in enumerate(file.years):
        if seats and year.ceilings.secretariat is None:
            yield Fault(f"years[{index}].ceilings.secretariat", "Sekretariatets högsta belopp saknas.")
        if not seats and year.ceilings.secretariat is not None:
            yield Fault(
                f"years[{index}].ceilings.secretariat", "Programmet har ingen plats för ett sekretariat."
            )
