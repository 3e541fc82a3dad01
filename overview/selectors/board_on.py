"""The board as it was on a day: the same rows and steps, told by the trail instead of the rows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from digikoord.lib.money import amount
from duties.selectors.extended import own_day
from grants.lifecycle.assignment import Status as Answer
from grants.lifecycle.tranche import DECIDED
from grants.lifecycle.tranche import Status as Money
from grants.models import Assignment, Coordinator, Tranche

from . import history
from .board import Board, Row
from .steps import NOTHING, Step

if TYPE_CHECKING:
    from actors.models import User
    from digikoord.lib.calendar import LastDay
    from grants.models import ProgrammeYear
    from programmes.models import Programme

    from .steps import Dated


ANSWERED = (Answer.IN_FORCE, Answer.TRANSFERRED, Answer.CONCLUDED)


def board_on(user: User, year: ProgrammeYear, day: datetime.date) -> Board:
    """The year's Board on the day. Places that were not there yet are left out."""
    rows = rows_on(user, year.programme, day, year=year)
    recipients = tuple(row for row in rows if not row.place.is_secretariat)
    secretariat = next((row for row in rows if row.place.is_secretariat), None)
    return Board(year, recipients, secretariat)


def rows_on(user: User, programme: Programme, day: datetime.date, **lookups: object) -> list[Row]:
    """The tranches that there were on the day, as they were."""
    told = history.on_day(programme, day)
    holders = history.holders(told)
    tranches = Tranche.objects.visible_to(user).filter(place__programme=programme, **lookups)
    tranches = tranches.select_related("year", "place__programme").distinct()
    tranches = tranches.annotate(own_report_day=own_day("report", decided_by=day))
    held, appointed = _holdings(programme), _appointments(programme)
    rows = []
    for tranche in tranches.order_by("place__part", "place__code", "year__year"):
        was = told.years.get((tranche.place.code, tranche.year.year))
        if was:
            holding = held.get((tranche.place_id, was.holder))
            steps = _steps(
                was,
                holding,
                told=told,
                appointments=appointed[holding.pk] if holding else [],
                tranche=tranche,
                day=day,
            )
            rows.append(Row(tranche, holders[was.holder], was.balance, steps))
    return rows


def _holdings(programme: Programme) -> dict[tuple[int, str], Assignment]:
    """{(place id, holder code): its latest assignment}."""
    rows = Assignment.objects.filter(place__programme=programme).select_related("holder", "place__programme")
    return {(row.place_id, row.holder.code): row for row in rows.order_by("pk")}


def _appointments(programme: Programme) -> defaultdict[int, list[Coordinator]]:
    found = defaultdict(list)
    for row in Coordinator.objects.filter(assignment__place__programme=programme).order_by("starts"):
        found[row.assignment_id].append(row)
    return found


def _steps(
    was: history.PlaceYear,
    holding: Assignment | None,
    *,
    told: history.History,
    appointments: Sequence[Coordinator],
    tranche: Tranche,
    day: datetime.date,
) -> tuple[Step, ...]:
    status = told.answers.get(holding.subject().key, "") if holding else ""
    return (
        _answer(holding, status),
        _coordinator(holding, status, appointments=appointments, year=tranche.year, day=day),
        _granted(was),
        _amount(was.balance.requisitioned),
        _amount(was.paid),
        _reported(was, tranche, day),
        _settled(was),
    )


def _answer(holding: Assignment | None, status: str) -> Step:
    if holding is None or not status:
        return NOTHING
    if not holding.is_offer:
        return Step("done", "Uppdrag", done=True)
    if status in ANSWERED:
        return Step("done", "Ja", done=True)
    return Step(status, "Väntar" if status == Answer.OFFERED else Answer(status).label)


def _coordinator(
    holding: Assignment | None,
    status: str,
    *,
    appointments: Sequence[Coordinator],
    year: ProgrammeYear,
    day: datetime.date,
) -> Step:
    """As today's board has it: of the year, and no longer than the actor held the place."""
    day = min(day, year.costs_to, holding.ends or day) if holding else day
    if holding is None or status not in ANSWERED or holding.place.is_secretariat or day < year.costs_from:
        return NOTHING
    serving = next((row for row in appointments if row.serves_on(day)), None)
    if serving:
        return Step("done", "Utsedd", note=serving.name, done=True)
    return Step("vacant", "Vakans")


def _granted(was: history.PlaceYear) -> Step:
    if was.stage in DECIDED:
        return Step("done", amount(was.granted), done=True)
    return Step(was.stage, Money(was.stage).label)


def _amount(value: Decimal) -> Step:
    return Step("done", amount(value), done=True) if value else NOTHING


def _reported(was: history.PlaceYear, tranche: Tranche, day: datetime.date) -> Step:
    if not was.report:
        if was.stage not in DECIDED or day <= tranche.year.costs_to:
            return NOTHING
        due = cast("Dated", tranche).own_report_day or tranche.year.report_due
        late = day > cast("LastDay", tranche.place.programme.definition.last_day("activity_report", due)).day
        return Step("missing", "Saknas") if late else Step("due", "Redovisas")
    labels = {"approved": "Godkänd", "returned": "Återsänd", "reviewed": "Granskad"}
    done = was.report == "approved"
    return Step("done" if done else was.report, labels.get(was.report, "Granskas"), done=done)


def _settled(was: history.PlaceYear) -> Step:
    if was.stage == Money.SETTLED:
        return Step("done", "Klart", done=True)
    left = was.balance.to_repay
    return Step("due", f"Åter {amount(left)}") if left else NOTHING
