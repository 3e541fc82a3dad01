"""What reporting makes people owe."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.db.models import Model
from django.urls import reverse

from actors.roles import Role
from digikoord.lib import locks
from duties.actions import obligations
from duties.duty import Duty, disburser, holder, ministry
from duties.kinds import hand_down

from . import permissions
from .plan import PlannedMatter, handled, planned

if TYPE_CHECKING:
    from actors.models import Actor
    from duties.models import Obligation
    from grants.models import Tranche

    from .models import ActivityReport, Compilation, CompilationVersion, FactCheck

    Matter = ActivityReport | Compilation | CompilationVersion | FactCheck | Tranche


def _reviewer(row: ActivityReport) -> Actor:
    return permissions.reviewer(row.place).party


def _who_reviews(row: ActivityReport) -> Role:
    return permissions.reviewer(row.place).working


def _who_approves(row: ActivityReport) -> Role:
    return permissions.reviewer(row.place).deciding


def _who_compiles(row: Compilation | CompilationVersion | FactCheck) -> Role:
    return permissions.compiler(row.programme).working


def _who_establishes(row: Compilation | CompilationVersion | FactCheck) -> Role:
    return permissions.compiler(row.programme).deciding


def _compiler(row: Compilation | CompilationVersion | FactCheck) -> Actor:
    return permissions.compiler(row.programme).party


def _by_reviewer(row: ActivityReport | Tranche) -> tuple[Actor, Role]:
    """(party, role): whoever reviews the report allows it to come later."""
    return permissions.reviewer(row.place)[:2]


def _compiled_on(row: ActivityReport | Tranche) -> datetime.date:
    return row.year.to_compile.day


def _own(route: str) -> Callable[[Model], str]:
    return lambda row: reverse(route, args=[row.pk])


def _room(row: Compilation | CompilationVersion | FactCheck) -> str:
    return row.get_absolute_url()


DUTIES: dict[str, Duty] = {
    "report": Duty(
        "Redovisa verksamheten {year}",
        Role.WRITER,
        holder,
        lambda tranche: reverse("reporting:activity_report_start", args=[tranche.pk]),
        ladder="activity_report",
        extender=_by_reviewer,
        limit=_compiled_on,
    ),
    "supplement": Duty(
        "Komplettera redovisningen för {year}",
        Role.WRITER,
        holder,
        _own("reporting:activity_report_write"),
        ladder="supplement",
        service="supplement",
        extender=_by_reviewer,
        limit=_compiled_on,
    ),
    "review": Duty(
        "Granska redovisning {year}",
        _who_reviews,
        _reviewer,
        _own("reporting:activity_report_detail"),
        service="activity_report",
    ),
    "approve_report": Duty(
        "Godkänn redovisning {year}",
        _who_approves,
        _reviewer,
        lambda row: reverse(
            "reporting:activity_report_approve_many", args=[row.programme.code, row.year.year]
        ),
        service="approval",
        first="reviewed_by",
    ),
    "accept_account": Duty(
        "Godta den ekonomiska redovisningen för {year}",
        Role.PAYER,
        disburser,
        _own("reporting:account_accept"),
        service="approval",
    ),
    "compile": Duty("Sammanställ och frys {year}", _who_compiles, _compiler, _room, service="compilation"),
    "check_facts": Duty(
        "Faktagranska er sida i sammanställningen {year}",
        Role.WRITER,
        holder,
        _room,
        service="supplement",
    ),
    "handle_objection": Duty(
        "Ta ställning till invändningen mot sammanställningen {year}",
        _who_compiles,
        _compiler,
        _room,
        service="compilation",
    ),
    "establish": Duty(
        "Fastställ sammanställningen för {year}",
        _who_establishes,
        _compiler,
        _room,
        service="compilation",
        first="frozen_by",
    ),
    "deliver": Duty(
        "Överlämna sammanställningen för {year}",
        _who_establishes,
        _compiler,
        _room,
        ladder="compilation",
        service="compilation",
    ),
    "acknowledge": Duty(
        "Bekräfta mottagandet av sammanställningen för {year}",
        Role.OFFICIAL,
        ministry,
        _room,
        service="compilation",
    ),
}
hand_down(DUTIES)


def supplement_due(report: ActivityReport) -> datetime.date:
    """The last day proposed for a supplement asked for today: the programme's handling days, within the plan."""
    return cast("datetime.date", planned("supplement", report, DUTIES["supplement"].service))


def fact_check_due(version: CompilationVersion) -> datetime.date:
    """The last day proposed for a fact check asked for today, in the same way."""
    return cast("datetime.date", planned("check_facts", version, DUTIES["check_facts"].service))


def is_shortened(report: ActivityReport) -> bool:
    """Whether the programme's own days for a supplement would pass the plan's."""
    return handled(report, DUTIES["supplement"].service) > supplement_due(report)


@locks.part_of_act
def owe(kind: str, row: PlannedMatter, *, due: datetime.date | None = None) -> Obligation | None:
    """Open the duty, by default within the plan."""
    service = DUTIES[kind].service
    due = due or (planned(kind, row, service) if service else None)
    return obligations.owe(kind, row, due=due)
