"""A year is reported, reviewed by one and approved by another; every submission is kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.models import Obligation
from duties.selectors.extended import last_day
from grants.lifecycle.tranche import DECIDED
from grants.models import Tranche
from records.actions import audit, registrations
from records.models import Direction

from .. import content as contents
from .. import fields, permissions
from ..documents import report_letters
from ..duties import owe
from ..events.activity_report import (
    ReportApproved,
    ReportReopened,
    ReportReturned,
    ReportReviewed,
    ReportSubmitted,
)
from ..faults import faults_in
from ..models import ActivityReport, ReportVersion

if TYPE_CHECKING:
    from actors.models import User
    from grants.models.tranche import TrancheQuerySet


@transaction.atomic
def submit(report: ActivityReport, *, by: User, certified: bool) -> ActivityReport:
    """Submit the draft as a new version, certified by the signatory; what came on paper by whoever registered it."""
    report = ActivityReport.objects.locked(report)
    permissions.can_submit_report(by, report).require()
    if not certified:
        raise Refused("Intyga att uppgifterna är riktiga.")
    lifecycle.can(report, "submit").require()
    definition, year = report.programme.definition, report.year.year
    paid = Tranche.objects.with_money().get(pk=report.tranche_id).paid
    faults = faults_in(report.draft, definition, year, paid)
    if faults:
        raise Refused("Redovisningen är inte färdig: " + " ".join(row.sentence for row in faults))
    lifecycle.advance(report, "submit")
    version = _version(report, by)
    report.submitted_by, report.submitted_on = by, version.submitted_on
    report.reviewed_by = report.reviewed_on = None
    report.wanted, report.checks = {}, {}
    report.paper, report.paper_received_on, report.paper_certified_by = None, None, ""
    save(report)
    save(version)
    audit.record(ReportSubmitted(version=version.number, late=version.received_late), report, by=by)
    obligations.close("report", report.tranche)
    obligations.close("supplement", report)
    owe("review", report)
    obligations.give("review", report, report.case_officer)
    registrations.register(
        report,
        by=by,
        direction=Direction.IN,
        party=report.holder,
        title=f"Verksamhetsredovisning {report.year}, version {version.number}",
        document=version.document,
        body="" if version.document else report_letters.receipt(version),
        on=version.submitted_on,
    )
    return report


def _version(report: ActivityReport, by: User) -> ReportVersion:
    due = last_day("report", report.tranche, report.year.to_report).day
    received = report.paper_received_on or clock.today()
    number = report.versions.count() + 1
    return ReportVersion(
        report=report,
        number=number,
        content=report.draft,
        used=contents.account_total(report.draft, "grant"),
        certified_by_name=report.paper_certified_by or ", ".join(filter(None, [by.name, by.title])),
        submitted_by=by,
        submitted_on=received,
        # A supplement comes after the day by its nature; only the first version can be late.
        received_late=number == 1 and received > due,
        document=report.paper,
    )


@transaction.atomic
def return_(
    report: ActivityReport,
    *,
    by: User,
    reason: str,
    due: datetime.date | None = None,
    wanted: dict[str, str] | None = None,
) -> ActivityReport:
    """Ask for a supplement, by `due` or within the programme's days for it: of the fields in `wanted` {key: what about
    it}, or without any of the whole report."""
    report = ActivityReport.objects.locked(report)
    permissions.can_return_report(by, report).require()
    lifecycle.advance(report, "return")
    _send_back(ReportReturned, report, by=by, reason=reason, due=due, wanted=wanted)
    return report


@transaction.atomic
def reopen(
    report: ActivityReport, *, by: User, reason: str, due: datetime.date | None = None
) -> ActivityReport:
    """Open an approved report again, for a supplement."""
    report = ActivityReport.objects.locked(report)
    permissions.can_decide_reports(by, report).require()
    lifecycle.advance(report, "reopen")
    report.approved_by = report.approved_on = None
    _send_back(ReportReopened, report, by=by, reason=reason, due=due)
    return report


def _send_back(
    told_as: type[ReportReturned | ReportReopened],
    report: ActivityReport,
    *,
    by: User,
    reason: str,
    due: datetime.date | None,
    wanted: dict[str, str] | None = None,
) -> None:
    if due and due < clock.today():
        raise Refused("Sista dagen för komplettering kan inte ligga före idag.")
    wanted = wanted or {}
    known = fields.labels(report.programme.definition, report.year.year, report.draft)
    if set(wanted) - known.keys():
        raise Refused("Ett av fälten finns inte i redovisningen.")
    report.returned_reason, report.wanted = reason, wanted
    report.reviewed_by = report.reviewed_on = None
    save(report)
    names = [known[key] for key in wanted]
    audit.record(told_as(reason=reason, due=due, fields=names), report, by=by)
    obligations.close("review", report)
    for kind in ("approve_report", "accept_account"):
        obligations.void(kind, report, "Redovisningen är återsänd för komplettering.")
    asked = cast("Obligation", owe("supplement", report, due=due))
    registrations.register(
        report,
        by=by,
        direction=Direction.OUT,
        party=report.holder,
        issuer=permissions.reviewer(report.place).party,
        title=f"Begäran om komplettering av verksamhetsredovisning {report.year}",
        body=report_letters.supplement(report, asked, [(known[key], note) for key, note in wanted.items()]),
    )


@transaction.atomic
def review(report: ActivityReport, *, by: User) -> ActivityReport:
    """Reviewed and found in order; another person approves."""
    report = ActivityReport.objects.locked(report)
    permissions.can_review(by, report).require()
    lifecycle.can(report, "review").require()
    left = [row.text for row in report.programme.definition.review_checks if row.code not in report.checks]
    if left:
        raise Refused(f"Gå igenom kontrollistan först. Kvar: {'; '.join(left)}.")
    lifecycle.advance(report, "review")
    report.reviewed_by, report.reviewed_on = by, clock.today()
    report.returned_reason = ""
    save(report)
    audit.record(ReportReviewed(), report, by=by)
    obligations.close("review", report)
    owe("approve_report", report)
    return report


@transaction.atomic
def approve(report: ActivityReport, *, by: User, version: int | None = None) -> ActivityReport:
    """Approve the latest version; refused where that is not the `version` that was read."""
    report = ActivityReport.objects.locked(report)
    permissions.can_approve_report(by, report).require()
    latest = report.versions.count()
    if version not in (None, latest):
        raise Refused(f"Redovisningen har fått en ny version, nummer {latest}. Läs den innan du godkänner.")
    lifecycle.advance(report, "approve")
    report.approved_by, report.approved_on = by, clock.today()
    save(report)
    audit.record(ReportApproved(version=latest), report, by=by)
    obligations.close("approve_report", report)
    if report.tranche.used is None:
        owe("accept_account", report)
    return report


@transaction.atomic
def approve_many(
    reports: Iterable[ActivityReport], *, by: User, read: Mapping[int, int] | None = None
) -> list[ActivityReport]:
    """Approve all or none; `read` is {report's id: the version that was read}."""
    rows = sorted(reports, key=lambda row: (row.tranche.year_id, row.tranche.place_id))
    return [approve(row, by=by, version=(read or {}).get(row.pk)) for row in rows]


def open_duties() -> int:
    """Open the duty to report for every decided tranche whose year of costs has ended. Returns the duties opened.

    Safe to run every day, and beside those who report: what is open or submitted is left alone.
    """
    found = _unreported().order_by("year", "place", "pk")
    return sum(open_duty(tranche) for tranche in found.select_related("year", "place"))


def _unreported() -> TrancheQuerySet:
    """The tranches whose report has neither come in nor been asked for."""
    key = Concat(Value("tranche:"), Cast(OuterRef("pk"), CharField()))
    return Tranche.objects.filter(
        ~Exists(Obligation.objects.open().filter(kind="report", key=key)),
        status__in=DECIDED,
        year__costs_to__lt=clock.today(),
        year__programme__ended_on__isnull=True,
        report__submitted_on__isnull=True,
    )


@transaction.atomic
def open_duty(tranche: Tranche) -> bool:
    """Ask for the report of the tranche, unless somebody has just handed it in. Whether it was asked for."""
    tranche = Tranche.objects.locked(tranche)
    if not _unreported().filter(pk=tranche.pk).exists():
        return False
    owe("report", tranche, due=tranche.year.report_due)
    return True
