"""Each place's year as the compilation tells it: who held it, who worked, its money, and its approved report."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from django.utils.formats import date_format

from grants.lifecycle.assignment import Status as AssignmentStatus
from grants.models import Assignment, Coordinator, Tranche

from .. import reading
from ..models import ReportVersion
from ..secrecy import ATTACHMENT, claims, masked
from .compiled import Person, Seat, State
from .money import money
from .readiness import reporting

if TYPE_CHECKING:
    from grants.models import ProgrammeYear
    from programmes.programme_file.shape import ProgrammeFile

    from ..content import Content
    from ..models import ActivityReport
    from .readiness import Reporting


def seats_of(year: ProgrammeYear) -> list[Seat]:
    """In code order, the secretariat last."""
    definition = year.programme.definition
    tranches = Tranche.objects.filter(year=year).with_money()
    holdings = _by_place(Assignment.objects.filter(place__programme=year.programme).select_related("holder"))
    people = _people(year)
    return [
        _seat(row, definition, holdings[row.place.pk], people.get(row.place.pk, ()))
        for row in reporting(year, tranches, ReportVersion.objects)
    ]


def _seat(
    row: Reporting, definition: ProgrammeFile, holdings: Sequence[Assignment], people: tuple[Person, ...]
) -> Seat:
    tranche, place = row.tranche, row.place
    content: tuple[reading.Section, ...] = ()
    hidden = 0
    if row.approved:
        version = cast("ReportVersion", row.version)
        hidden = hidden_in(version.content)
        public = masked(version.content, definition, tranche.year.year)
        content = reading.sections(public, definition, tranche.year.year)
    return Seat(
        code=place.code,
        name=place.name,
        apart=place.is_secretariat,
        county=place.county_id or "",
        holder=str(row.holder),
        org_nr=row.holder.org_nr,
        succession=_succession(holdings),
        people=people,
        money=money(tranche, row.version if row.approved else None),
        state=State(
            key=row.state,
            label=row.label,
            why=row.why,
            submitted_on=row.submitted_on,
            approved_on=cast("ActivityReport", row.report).approved_on if row.approved else None,
            version=row.version.number if row.version else None,
            late=row.late,
        ),
        content=content,
        used_reason=tranche.used_reason,
        hidden=hidden,
    )


def hidden_in(content: Content) -> int:
    """How many figures and texts are claimed secret; an attachment is no part of a compilation anyway."""
    return sum(not key.startswith(ATTACHMENT) for key in claims(content))


def _succession(holdings: Sequence[Assignment]) -> str:
    """Who held the place when, in words; empty where it has had one holder."""
    if len(holdings) < 2:
        return ""
    first, *later = sorted(holdings, key=lambda row: row.starts)
    told = f"{first.holder} höll platsen till och med {_day(cast('datetime.date', first.ends))}"
    for row in later:
        told += f", {row.holder} från och med {_day(row.starts)}{_unanswered(row)}"
    return told + "."


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def _unanswered(row: Assignment) -> str:
    match row.status:
        case AssignmentStatus.DRAFT:
            return " (erbjudandet är inte expedierat)"
        case AssignmentStatus.OFFERED:
            return " (erbjudandet är inte besvarat)"
        case AssignmentStatus.DECLINED | AssignmentStatus.LAPSED:
            return " (erbjudandet är inte antaget)"
    return ""


def _by_place(assignments: QuerySet[Assignment]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {}
    for row in assignments.exclude(status=AssignmentStatus.ANNULLED):
        found.setdefault(row.place_id, []).append(row)
    return found


def _people(year: ProgrammeYear) -> dict[int, tuple[Person, ...]]:
    rows = Coordinator.objects.overlapping(year.costs_from, year.costs_to)
    found: dict[int, list[Person]] = {}
    for row in rows.filter(assignment__place__programme=year.programme).select_related("assignment"):
        person = Person(row.name, row.share, row.get_function_display(), row.starts, row.ends)
        found.setdefault(row.assignment.place_id, []).append(person)
    return {place: tuple(sorted(rows, key=lambda row: row.starts)) for place, rows in found.items()}
