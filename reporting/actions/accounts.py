"""The disbursing authority accepts a report's financial account: that is what was used."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.db import transaction

from digikoord.lib import locks
from digikoord.lib.money import ZERO
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from grants.actions import settlements
from grants.lifecycle.tranche import Status as TrancheStatus
from grants.models import AccountLine

from .. import content as contents
from ..duties import owe
from ..lifecycle.activity_report import Status
from ..models import ActivityReport

if TYPE_CHECKING:
    from actors.models import User
    from grants.models import Tranche
    from programmes.models import Programme

    from ..models import ReportVersion


@transaction.atomic
def accept(report: ActivityReport, *, by: User, differing: Mapping[str, tuple[Decimal, str]]) -> Tranche:
    """Accept the account in the approved report as it stands, but for the cost lines that are `differing`:
    {code: (kronor, why)}.
    """
    report = ActivityReport.objects.locked(report)
    if report.status != Status.APPROVED:
        raise Refused("Redovisningen är inte godkänd än.")
    told = reported(report.programme, cast("ReportVersion", report.versions.last()))
    lines = [_line(row, *differing.get(row[0], (row[2], ""))) for row in told]
    tranche = settlements.accept_account(report.tranche, by=by, lines=lines)
    obligations.close("accept_account", report)
    return tranche


@locks.part_of_act
def ask_again(tranche: Tranche, *, by: User) -> None:
    """The acceptance was taken back: the approved report's account is to be accepted anew, unless the year is settled."""
    report = ActivityReport.objects.filter(tranche=tranche, status=Status.APPROVED).first()
    if report is None:
        return
    if tranche.status == TrancheStatus.SETTLED:
        obligations.void("accept_account", report, "Årsbeloppet är slutreglerat utan utbetalning.")
    elif tranche.used is None:
        owe("accept_account", report)


def reported(programme: Programme, version: ReportVersion) -> list[tuple[str, str, Decimal]]:
    """(code, name, kronor) of what the report says that the grant bore, by cost line."""
    account = version.content.get("account", {})
    return [
        (line.code, line.name, contents.number(account.get(line.code, {}).get("grant")) or ZERO)
        for line in programme.definition.cost_lines
    ]


def _line(told: tuple[str, str, Decimal], accepted: Decimal, reason: str) -> AccountLine:
    code, name, amount = told
    return AccountLine(code=code, name=name, reported=amount, accepted=accepted, reason=reason)
