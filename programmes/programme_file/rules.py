"""What no single key can say: references, doubles, and dates that must follow each other.

Each rule yields faults. A value that `build` found faulty is None, and is passed over here.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from stdnum.exceptions import ValidationError
from stdnum.se import orgnr

from .faults import Fault
from .rules_of_places import place_rules
from .shape import Ladder, Programme, ProgrammeFile, Year

UNIQUE = (
    ("counties", "code"),
    ("counties", "letter"),
    ("actors", "code"),
    ("decisions", "key"),
    ("places", "code"),
    ("years", "year"),
    ("sub_goals", "code"),
    ("indicators", "code"),
    ("report_sections", "letter"),
    ("cost_lines", "code"),
)


def check(file: ProgrammeFile) -> Iterator[Fault]:
    """Every fault in an otherwise well-formed programme file."""
    yield from _doubles(file)
    for rule in (_programme, _parties, _org_numbers, _decisions, _years, _budget, _indicators, _ladders):
        yield from rule(file)
    yield from place_rules(file)


def _doubles(file: ProgrammeFile) -> Iterator[Fault]:
    for part, attribute in UNIQUE:
        first: dict[object, int] = {}
        for index, row in enumerate(getattr(file, part)):
            value = getattr(row, attribute)
            if value is not None and first.setdefault(value, index) != index:
                yield Fault(
                    f"{part}[{index}].{attribute}", f"”{value}” finns redan i {part}[{first[value]}]."
                )


def _programme(file: ProgrammeFile) -> Iterator[Fault]:
    programme = file.programme
    yield from _in_order("programme", programme, "starts", "ends")
    yield from _in_order("programme", programme, "first_year", "last_year")
    if not (programme.first_year and programme.last_year):
        return
    for end, year in (("starts", programme.first_year), ("ends", programme.last_year)):
        day = getattr(programme, end)
        if day and day.year != year:
            yield Fault(f"programme.{end}", f"Dagen {day} ligger inte i programmets {year}.")
    told = {row.year for row in file.years}
    for year in sorted(set(programme.years) - told):
        yield Fault("years", f"År {year} saknas.")


def _parties(file: ProgrammeFile) -> Iterator[Fault]:
    codes = {actor.code for actor in file.actors}
    for party in ("ministry", "disburser", "secretariat_actor"):
        code = getattr(file.programme, party)
        if code and code not in codes:
            yield unknown(f"programme.{party}", code, "actors")


def _org_numbers(file: ProgrammeFile) -> Iterator[Fault]:
    owners: dict[str, int] = {}
    for index, actor in enumerate(file.actors):
        if not actor.org_nr:
            continue
        where = f"actors[{index}].org_nr"
        try:
            number = orgnr.validate(actor.org_nr)
        except ValidationError:
            yield Fault(
                where, f"”{actor.org_nr}” är inget organisationsnummer (NNNNNN-NNNN med rätt kontrollsiffra)."
            )
            continue
        if number[2] < "2":
            yield Fault(
                where, f"”{actor.org_nr}” är inget organisationsnummer: tredje siffran ska vara minst 2."
            )
        if actor.org_nr != orgnr.format(number):
            yield Fault(where, f"Skriv numret {orgnr.format(number)}.")
        if owners.setdefault(number, index) != index:
            yield Fault(
                where, f"Numret hör redan till actors[{owners[number]}] ({file.actors[owners[number]].code})."
            )


def _decisions(file: ProgrammeFile) -> Iterator[Fault]:
    numbered: dict[tuple[str, date], int] = {}
    for index, decision in enumerate(file.decisions):
        yield from _in_order(f"decisions[{index}]", decision, "decided_on", "answer_due")
        number = (decision.case_number, decision.decided_on) if decision.case_number else None
        if number and numbered.setdefault(number, index) != index:
            yield Fault(
                f"decisions[{index}].case_number",
                f"Samma diarienummer och dag som decisions[{numbered[number]}].",
            )


def _years(file: ProgrammeFile) -> Iterator[Fault]:
    letters = {section.letter for section in file.report_sections}
    for index, year in enumerate(file.years):
        where = f"years[{index}]"
        yield from _in_order(where, year, "requisition_from", "requisition_to")
        yield from _in_order(where, year, "costs_from", "costs_to", "report_due", "repay_due")
        yield from _in_order(where, year, "report_due", "compilation_due")
        yield from _year_in_programme(where, year, file.programme)
        for place, letter in enumerate(year.sections):
            if letter is not None and letter not in letters:
                yield unknown(f"{where}.sections[{place}]", letter, "report_sections")
            if letter in year.sections[:place]:
                yield Fault(f"{where}.sections[{place}]", f"Avsnitt {letter} står två gånger.")


def _year_in_programme(where: str, year: Year, programme: Programme) -> Iterator[Fault]:
    first, last = programme.first_year, programme.last_year
    if year.year and first and last and not first <= year.year <= last:
        yield Fault(f"{where}.year", f"Året ligger utanför programmets år {first}–{last}.")
    for name in ("costs_from", "costs_to"):
        day = getattr(year, name)
        if day and year.year and day.year != year.year:
            yield Fault(f"{where}.{name}", f"Dagen {day} ligger inte i {year.year}.")
    if year.costs_from and programme.starts and year.costs_from < programme.starts:
        yield Fault(
            f"{where}.costs_from", f"Dagen {year.costs_from} är före programmets start {programme.starts}."
        )
    if year.costs_to and programme.ends and year.costs_to > programme.ends:
        yield Fault(f"{where}.costs_to", f"Dagen {year.costs_to} är efter programmets slut {programme.ends}.")


def _budget(file: ProgrammeFile) -> Iterator[Fault]:
    if file.budget_rule is not None:
        return
    for index, year in enumerate(file.years):
        if year.conditional:
            yield Fault(
                f"years[{index}].conditional",
                "Året är villkorat men filen säger inte av vad: [budget_rule] saknas.",
            )


def _indicators(file: ProgrammeFile) -> Iterator[Fault]:
    goals = {goal.code for goal in file.sub_goals}
    for index, indicator in enumerate(file.indicators):
        where = f"indicators[{index}]"
        if indicator.sub_goal and indicator.sub_goal not in goals:
            yield unknown(f"{where}.sub_goal", indicator.sub_goal, "sub_goals")
        yield from _in_order(where, indicator, "first_year", "last_year")
        if indicator.unit == "procent" and indicator.kind == "output":
            yield Fault(
                f"{where}.kind", "En andel (procent) är inget som görs: välj ”result” eller ”context”."
            )


def _ladders(file: ProgrammeFile) -> Iterator[Fault]:
    for duty, ladder in file.ladders.items():
        where, steps = f"ladders.{duty}", [step for step in ladder.steps if step is not None]
        if any(later >= earlier for earlier, later in pairwise(steps)):
            yield Fault(f"{where}.steps", "Stegen ska stå i fallande ordning, utan dubbletter.")
        if bool(ladder.escalate_to) != (ladder.escalate_at is not None):
            yield Fault(where, "escalate_to och escalate_at anges båda eller ingen.")
        if ladder.escalate_to and ladder.escalations:
            yield Fault(where, "escalate_to är kortformen av escalations: ange en av dem.")
        yield from _escalations(where, ladder, file)
        if ladder.escalate_to == "secretariat" and not file.programme.secretariat_actor:
            yield Fault(f"{where}.escalate_to", "Programmet har inget sekretariat.")


def _escalations(where: str, ladder: Ladder, file: ProgrammeFile) -> Iterator[Fault]:
    at = [row.at for row in ladder.escalations if row and row.at is not None]
    if any(later >= earlier for earlier, later in pairwise(at)):
        yield Fault(f"{where}.escalations", "Dagarna ska stå i fallande ordning, utan dubbletter.")
    for index, row in enumerate(ladder.escalations):
        if row and row.to == "secretariat" and not file.programme.secretariat_actor:
            yield Fault(f"{where}.escalations[{index}].to", "Programmet har inget sekretariat.")


def _in_order(where: str, row: object, *names: str) -> Iterator[Fault]:
    """Days or years that may be equal but not run backwards; what is not given is passed over."""
    given = [(name, getattr(row, name)) for name in names if getattr(row, name) is not None]
    for (before, early), (after, late) in pairwise(given):
        if late < early:
            yield Fault(f"{where}.{after}", f"{after} ({late}) är före {before} ({early}).")


def unknown(where: str, code: str, part: str) -> Fault:
    return Fault(where, f"”{code}” finns inte i [[{part}]].")
