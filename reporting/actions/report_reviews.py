"""Reviewing a report: who does it, what was checked, what is said of a field, and what is noted for the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils.text import Truncator

from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from records.actions import audit, registrations
from records.models import Direction

from .. import fields, permissions
from ..documents import report_letters
from ..events.activity_report import ReportAssigned, ReportChecked, ReportNoted
from ..models import ActivityReport, ReportComment

if TYPE_CHECKING:
    from actors.models import User
    from records.models import Registration

    from ..models import ReportVersion


@transaction.atomic
def assign(report: ActivityReport, *, by: User, officer: User | None) -> ActivityReport:
    """Give the report to a case officer, or with None to nobody in particular."""
    report = ActivityReport.objects.locked(report)
    permissions.can_assign(by, report).require()
    if officer:
        permissions.can_be_assigned(officer, report).require()
    report.case_officer = officer
    report.save(update_fields=["case_officer"])
    obligations.give("review", report, officer)
    audit.record(ReportAssigned(officer=officer.name if officer else ""), report, by=by)
    return report


@transaction.atomic
def assign_many(reports: Iterable[ActivityReport], *, by: User, officer: User | None) -> list[ActivityReport]:
    """Give all of them to one case officer, or none."""
    return [assign(row, by=by, officer=officer) for row in sorted(reports, key=lambda row: row.pk)]


@transaction.atomic
def check(report: ActivityReport, *, by: User, done: Collection[str]) -> ActivityReport:
    """Say which checks (codes) have been gone through; those left out have not."""
    report = ActivityReport.objects.locked(report)
    permissions.can_check_report(by, report).require()
    lifecycle.can(report, "review").require()
    known = [row.code for row in report.programme.definition.review_checks]
    if set(done) - set(known):
        raise Refused("En av kontrollerna finns inte i programmet.")
    now = {"by": by.name, "on": clock.today().isoformat()}
    report.checks = {code: report.checks.get(code, now) for code in known if code in done}
    report.save(update_fields=["checks"])
    audit.record(ReportChecked(done=len(report.checks), of=len(known)), report, by=by)
    return report


@transaction.atomic
def comment(report: ActivityReport, *, by: User, key: str, text: str) -> ReportComment:
    """Say something of a field of the latest version, to those who review."""
    report = ActivityReport.objects.locked(report)
    permissions.can_comment(by, report).require()
    version = cast("ReportVersion", report.versions.last())
    known = fields.labels(report.programme.definition, report.year.year, version.content)
    if key not in known:
        raise Refused("Fältet finns inte i redovisningen.")
    row = ReportComment(
        report=report, version=version.number, key=key, label=known[key], text=text.strip(), by=by
    )
    return save(row)


@transaction.atomic
def withdraw_comment(comment: ReportComment, *, by: User) -> ReportComment:
    """Take one's own comment away."""
    comment = ReportComment.objects.select_for_update().get(pk=comment.pk)
    permissions.can_withdraw_comment(by, comment).require()
    comment.withdrawn_at = clock.now()
    comment.save(update_fields=["withdrawn_at"])
    return comment


@transaction.atomic
def note(report: ActivityReport, *, by: User, text: str) -> Registration:
    """Write a file note (tjänsteanteckning) on the report, and register it."""
    report = ActivityReport.objects.locked(report)
    permissions.can_comment(by, report).require()
    audit.record(ReportNoted(), report, by=by)
    reviewer = permissions.reviewer(report.place).party
    return registrations.register(
        report,
        by=by,
        direction=Direction.DRAWN_UP,
        party=reviewer,
        issuer=reviewer,
        title=f"Tjänsteanteckning: {Truncator(text.splitlines()[0]).chars(120)}",
        body=report_letters.note(text, by),
    )
