"""A year is reported, reviewed by one and approved by another; every submission is kept."""

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from actors.actions import audit, obligations
from actors.models import Obligation
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from grants.lifecycle.tranche import DECIDED
from grants.models import Tranche
from grants.selectors.extended import last_day

from .. import content as contents
from .. import permissions
from ..duties import owe
from ..faults import faults_in
from ..models import ActivityReport, ReportVersion


@transaction.atomic
def start(tranche, *, by):
    """The tranche's report, begun now if nobody has begun it."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_write_report(by, tranche).require()
    known = ActivityReport.objects.filter(tranche=tranche).first()
    if known:
        return known
    if tranche.status not in DECIDED:
        raise Refused("Det finns inga beviljade medel att redovisa för året.")
    report = ActivityReport.objects.create(
        tranche=tranche, draft=contents.blank(tranche.programme.definition)
    )
    audit.record("report.started", report, by=by)
    return report


@transaction.atomic
def write(report, *, by, content, edition):
    """Save the draft. `edition` is the one that was read: somebody else's later one is not overwritten."""
    report = ActivityReport.objects.locked(report)
    permissions.can_write_report(by, report.tranche).require()
    lifecycle.can(report, "submit").require()
    if edition != report.edition:
        raise Refused(
            "En kollega har sparat redovisningen sedan du öppnade den. Din text står kvar här; "
            "öppna den senaste i en ny flik och för samman dem."
        )
    report.draft, report.edition = content, report.edition + 1
    report.save(update_fields=["draft", "edition"])
    return report


@transaction.atomic
def submit(report, *, by, certified):
    """Submit the draft as a new version, certified by the signatory."""
    report = ActivityReport.objects.locked(report)
    permissions.can_submit_report(by, report).require()
    if not certified:
        raise Refused("Intyga att uppgifterna är riktiga.")
    definition, year = report.programme.definition, report.year.year
    paid = Tranche.objects.with_money().get(pk=report.tranche_id).paid
    faults = faults_in(report.draft, definition, year, paid)
    if faults:
        raise Refused("Redovisningen är inte färdig: " + " ".join(row.sentence for row in faults))
    lifecycle.advance(report, "submit")
    report.submitted_by, report.submitted_on = by, clock.today()
    report.reviewed_by = report.reviewed_on = None
    save(report)
    version = _keep(report, by)
    audit.record("report.submitted", report, by=by, version=version.number, late=version.received_late)
    obligations.close("report", report.tranche)
    obligations.close("supplement", report)
    owe("review", report, role=permissions.reviewer(report.place)[1])
    return report


def _keep(report, by):
    due = last_day("report", report.tranche, report.year.report_due)
    return ReportVersion.objects.create(
        report=report,
        number=report.versions.count() + 1,
        content=report.draft,
        used=contents.account_total(report.draft, "grant"),
        certified_by_name=", ".join(filter(None, [by.name, by.title])),
        submitted_by=by,
        submitted_on=clock.today(),
        # A supplement comes after the day by its nature; only the first version can be late.
        received_late=not report.versions.exists() and clock.today() > due,
    )


@transaction.atomic
def return_(report, *, by, reason, due=None):
    """Ask for a supplement, by `due` or within the programme's days for it."""
    report = ActivityReport.objects.locked(report)
    permissions.can_return_report(by, report).require()
    lifecycle.advance(report, "return")
    _send_back(report, by, reason, due, "report.returned")
    return report


@transaction.atomic
def reopen(report, *, by, reason, due=None):
    """Open an approved report again, for a supplement."""
    report = ActivityReport.objects.locked(report)
    permissions.can_decide_reports(by, report).require()
    lifecycle.advance(report, "reopen")
    report.approved_by = report.approved_on = None
    _send_back(report, by, reason, due, "report.reopened")
    return report


def _send_back(report, by, reason, due, verb):
    if due and due < clock.today():
        raise Refused("Sista dagen för komplettering kan inte ligga före idag.")
    report.returned_reason = reason
    report.reviewed_by = report.reviewed_on = None
    save(report)
    audit.record(verb, report, by=by, reason=reason, due=due)
    obligations.close("review", report)
    for kind in ("approve_report", "accept_account"):
        obligations.void(kind, report, "Redovisningen är återsänd för komplettering.")
    owe("supplement", report, due=due)


@transaction.atomic
def review(report, *, by):
    """Reviewed and found in order; another person approves."""
    report = ActivityReport.objects.locked(report)
    permissions.can_review(by, report).require()
    lifecycle.advance(report, "review")
    report.reviewed_by, report.reviewed_on = by, clock.today()
    report.returned_reason = ""
    save(report)
    audit.record("report.reviewed", report, by=by)
    obligations.close("review", report)
    owe("approve_report", report, role=permissions.reviewer(report.place)[2])
    return report


@transaction.atomic
def approve(report, *, by):
    """Approve the latest version."""
    report = ActivityReport.objects.locked(report)
    permissions.can_approve_report(by, report).require()
    lifecycle.advance(report, "approve")
    report.approved_by, report.approved_on = by, clock.today()
    save(report)
    audit.record("report.approved", report, by=by, version=report.versions.count())
    obligations.close("approve_report", report)
    if report.tranche.used is None:
        owe("accept_account", report)
    return report


@transaction.atomic
def approve_many(reports, *, by):
    """Approve all or none."""
    rows = sorted(reports, key=lambda row: (row.tranche.year_id, row.tranche.place_id))
    return [approve(row, by=by) for row in rows]


def open_duties():
    """Open the duty to report for every decided tranche whose year of costs has ended.

    Safe to run every day: what is open or submitted is left alone.
    """
    key = Concat(Value("tranche:"), Cast(OuterRef("pk"), CharField()))
    rows = Tranche.objects.filter(
        ~Exists(Obligation.objects.open().filter(kind="report", key=key)),
        status__in=DECIDED,
        year__costs_to__lt=clock.today(),
        report__submitted_on__isnull=True,
    )
    found = list(rows.select_related("year", "place__programme__ministry", "assignment__holder"))
    for tranche in found:
        owe("report", tranche, due=tranche.year.report_due)
    return len(found)
