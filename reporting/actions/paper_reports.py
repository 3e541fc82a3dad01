"""A report that came in on paper: registered, typed in and submitted by a reviewer, then reviewed by another person."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from grants.models import Tranche
from records.actions import audit, papers

from .. import permissions
from ..events.activity_report import ReportRegistered
from ..models import ActivityReport
from .report_drafts import begun

if TYPE_CHECKING:
    from actors.models import User
    from digikoord.lib.papers import Paper


@transaction.atomic
def register(
    tranche: Tranche, *, by: User, received_on: datetime.date, signed_by: str, paper: Paper
) -> ActivityReport:
    """Received as of `received_on`; `signed_by` is the name on the paper, `paper` its scan (a lib.papers.Paper).

    The report is then written like any other and submitted, which makes the version.
    """
    tranche = Tranche.objects.locked(tranche)
    permissions.can_register_report(by, tranche).require()
    if received_on > clock.today():
        raise Refused("Dagen då redovisningen kom in kan inte ligga i framtiden.")
    if received_on <= tranche.year.costs_from:
        raise Refused(f"Redovisningen kan inte ha kommit in före {tranche.year.costs_from}.")
    report = ActivityReport.objects.locked(begun(tranche, by=by))
    lifecycle.can(report, "submit").require()
    if report.paper_id:
        raise Refused("En redovisning på papper är redan registrerad. Skriv in den och skicka in.")
    report.paper, report.paper_received_on = papers.keep(paper, by=by), received_on
    report.paper_certified_by = signed_by
    save(report)
    audit.record(ReportRegistered(received_on=received_on, signed_by=signed_by), report, by=by)
    return report
