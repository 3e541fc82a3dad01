"""What the trail tells of assignments."""

from dataclasses import dataclass
from datetime import date

from actors import steps
from records.happened import Happened, Named

from ..lifecycle.assignment import Status

ANSWERS = {"accept": "ja", "decline": "nej"}


@dataclass(frozen=True, kw_only=True)
class AssignmentAccepted(Happened):
    verb = "assignment.accepted"
    leads_to = Status.IN_FORCE
    as_step = steps.REGISTER_ANSWER

    sha256: str
    late: bool
    title: str | None = None
    paper: str | None = None
    answered_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AssignmentAcknowledged(Happened):
    verb = "assignment.acknowledged"

    title: str


@dataclass(frozen=True, kw_only=True)
class AssignmentAnnulled(Happened):
    verb = "assignment.annulled"
    leads_to = Status.ANNULLED

    reason: str


@dataclass(frozen=True, kw_only=True)
class AssignmentAnswerDaySet(Happened):
    verb = "assignment.answer_day_set"
    as_step = steps.SET_ANSWER_DAY

    due: date | None


@dataclass(frozen=True, kw_only=True)
class AssignmentConcluded(Happened):
    verb = "assignment.concluded"
    leads_to = Status.CONCLUDED


@dataclass(frozen=True, kw_only=True)
class AssignmentDeclined(Happened):
    verb = "assignment.declined"
    leads_to = Status.DECLINED
    as_step = steps.REGISTER_ANSWER

    reason: str
    sha256: str
    late: bool
    title: str | None = None
    paper: str | None = None
    answered_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AssignmentGiven(Happened):
    verb = "assignment.given"
    leads_to = Status.IN_FORCE


@dataclass(frozen=True, kw_only=True)
class AssignmentLapsed(Happened):
    verb = "assignment.lapsed"
    leads_to = Status.LAPSED

    reason: str


@dataclass(frozen=True, kw_only=True)
class AssignmentOffered(Happened):
    verb = "assignment.offered"
    leads_to = Status.OFFERED


@dataclass(frozen=True, kw_only=True)
class AssignmentReminded(Happened):
    verb = "assignment.reminded"
    as_step = steps.REMIND

    people: list[str]


@dataclass(frozen=True, kw_only=True)
class AssignmentReopened(Happened):
    verb = "assignment.reopened"
    leads_to = Status.OFFERED

    reason: str
    due: date | None


@dataclass(frozen=True, kw_only=True)
class AssignmentResumed(Happened):
    verb = "assignment.resumed"
    leads_to = Status.IN_FORCE

    reason: str


@dataclass(frozen=True, kw_only=True)
class AssignmentRevoked(Happened):
    verb = "assignment.revoked"
    leads_to = Status.REVOKED

    reason: str
    heard_on: date | None


@dataclass(frozen=True, kw_only=True)
class AssignmentSignatureWithdrawn(Happened):
    verb = "assignment.signature_withdrawn"
    words = {"answer": ANSWERS}

    answer: str


@dataclass(frozen=True, kw_only=True)
class AssignmentSigned(Happened):
    verb = "assignment.signed"
    words = {"answer": ANSWERS}

    answer: str
    title: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AssignmentTransferred(Happened):
    verb = "assignment.transferred"
    leads_to = Status.TRANSFERRED

    successor: Named
    legal_basis: str
