"""What the trail tells of reports."""

from dataclasses import dataclass
from datetime import date

from actors import steps
from records.happened import Happened

from ..lifecycle.activity_report import Status


@dataclass(frozen=True, kw_only=True)
class ReportApproved(Happened):
    verb = "report.approved"
    leads_to = Status.APPROVED

    version: int


@dataclass(frozen=True, kw_only=True)
class ReportAssigned(Happened):
    verb = "report.assigned"
    as_step = steps.ASSIGN_REPORT

    officer: str


@dataclass(frozen=True, kw_only=True)
class ReportChecked(Happened):
    verb = "report.checked"
    as_step = steps.CHECK_REPORT

    done: int
    of: int


@dataclass(frozen=True, kw_only=True)
class ReportNoted(Happened):
    verb = "report.noted"


@dataclass(frozen=True, kw_only=True)
class ReportRegistered(Happened):
    verb = "report.registered"
    as_step = steps.REGISTER_REPORT

    received_on: date
    signed_by: str


@dataclass(frozen=True, kw_only=True)
class ReportReminded(Happened):
    verb = "report.reminded"

    people: list[str]


@dataclass(frozen=True, kw_only=True)
class ReportReopened(Happened):
    verb = "report.reopened"
    leads_to = Status.RETURNED

    reason: str
    due: date | None
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ReportReturned(Happened):
    verb = "report.returned"
    leads_to = Status.RETURNED
    as_step = steps.RETURN_REPORT

    reason: str
    due: date | None
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ReportReviewed(Happened):
    verb = "report.reviewed"
    leads_to = Status.REVIEWED
    as_step = steps.REVIEW_REPORT


@dataclass(frozen=True, kw_only=True)
class ReportSecrecyClaimed(Happened):
    verb = "report.secrecy_claimed"

    count: int


@dataclass(frozen=True, kw_only=True)
class ReportStarted(Happened):
    verb = "report.started"
    is_begun_only = True


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(Happened):
    verb = "report.submitted"
    leads_to = Status.SUBMITTED

    version: int
    late: bool
