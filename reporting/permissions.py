"""Who may report, review, and compile. Where a programme has no secretariat, the ministry does it;
the secretariat's own report is reviewed by the ministry."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from actors import steps
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, refused
from grants import permissions as grants_permissions
from programmes.handling import another, holds, unbiased

# The table of whom matters concern must know of ours before anybody is asked about them.
from . import concerned as _concerned  # noqa: F401
from .lifecycle.activity_report import Status

if TYPE_CHECKING:
    from actors.models import Actor, User
    from digikoord.lib.verdict import Verdict
    from grants.models import Place, Tranche
    from programmes.models import Programme

    from .models import ActivityReport, CompilationVersion, FactCheck, ReportComment


class Handlers(NamedTuple):
    """Who reviews and compiles: the party, and the roles that do it there and that decide."""

    party: Actor
    working: Role
    deciding: Role


def compiler(programme: Programme) -> Handlers:
    """Those who review and compile."""
    if programme.secretariat_id:
        return Handlers(cast("Actor", programme.secretariat), Role.CASE_OFFICER, Role.HEAD)
    return Handlers(programme.ministry, Role.OFFICIAL, Role.DECISION_MAKER)


def reviewer(place: Place) -> Handlers:
    """Those who review the place's report."""
    if place.is_secretariat:
        return Handlers(place.programme.ministry, Role.OFFICIAL, Role.DECISION_MAKER)
    return compiler(place.programme)


def can_write_report(user: User, tranche: Tranche) -> Verdict:
    holder = tranche.holder
    return holds(user, Role.WRITER, holder, "skriva redovisningen") | holds(
        user, Role.SIGNATORY, holder, "skriva redovisningen"
    )


def can_write(user: User, report: ActivityReport) -> Verdict:
    """The actor's own people, and whoever types in what came on paper."""
    verdict = can_write_report(user, report.tranche)
    return verdict | can_type_in(user, report) if report.paper_id else verdict


def can_register_report(user: User, row: ActivityReport | Tranche) -> Verdict:
    """May register a report that came on paper; `row` is a report or a tranche."""
    return _reviews(user, row, steps.REGISTER_REPORT)


def can_type_in(user: User, report: ActivityReport) -> Verdict:
    """May write and submit what came on paper, as it stands there."""
    return _reviews(user, report, steps.TYPE_IN_REPORT)


def _reviews(user: User, row: ActivityReport | Tranche, step: steps.Step) -> Verdict:
    """One of those who review the place's reports; `row` is a report or a tranche."""
    actor, working, _ = reviewer(row.place)
    return holds(user, working, actor, step.words) & unbiased(user, step, row)


def can_submit_report(user: User, report: ActivityReport) -> Verdict:
    if report.paper_id:
        return can_type_in(user, report)
    return holds(user, Role.SIGNATORY, report.holder, "skicka in redovisningen")


def can_review(user: User, report: ActivityReport, step: steps.Step = steps.REVIEW_REPORT) -> Verdict:
    return _reviews(user, report, step) & another(
        user, report.submitted_by_id, "Du har själv skickat in redovisningen."
    )


def can_check_report(user: User, report: ActivityReport) -> Verdict:
    return can_review(user, report, steps.CHECK_REPORT)


def can_assign(user: User, report: ActivityReport) -> Verdict:
    """Those who review share the work out among themselves."""
    return _shares_out(user, reviewer(report.place)) & unbiased(user, steps.ASSIGN_REPORT, report)


def can_assign_some(user: User, programme: Programme) -> Verdict:
    """May share out the actors' reports."""
    return _shares_out(user, compiler(programme))


def _shares_out(user: User, reviewers: tuple[Actor, Role, Role]) -> Verdict:
    actor, working, deciding = reviewers
    what = steps.ASSIGN_REPORT.words
    return holds(user, working, actor, what) | holds(user, deciding, actor, what)


def can_be_assigned(user: User, report: ActivityReport) -> Verdict:
    return _reviews(user, report, steps.REVIEW_REPORT)


def can_comment(user: User, report: ActivityReport) -> Verdict:
    """May write among those who review: on fields, and for the file."""
    if report.submitted_on is None:
        return refused("Redovisningen har inte kommit in än.")
    return _shares_out(user, reviewer(report.place)) & unbiased(user, steps.COMMENT_REPORT, report)


def can_withdraw_comment(user: User, comment: ReportComment) -> Verdict:
    if comment.by_id == user.pk:
        return ALLOWED
    return refused("Bara den som skrivit kommentaren kan ta bort den.")


def handles_report(user: User, report: ActivityReport) -> Verdict:
    """Reads all of the report: the actor's own people, and the programme's authorities with their auditors."""
    programme = report.programme
    parties = (report.holder.pk, programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    if any(party in user.acting_for for party in parties):
        return ALLOWED
    return refused("Redovisningen läses i sin helhet av aktören och programmets myndigheter.")


def can_decide_reports(user: User, report: ActivityReport) -> Verdict:
    """May decide on the report; `can_approve_report` says who of those may approve it."""
    actor, _, deciding = reviewer(report.place)
    return holds(user, deciding, actor, steps.APPROVE_REPORT.words) & unbiased(
        user, steps.APPROVE_REPORT, report
    )


def can_decide_some(user: User, programme: Programme) -> Verdict:
    """May approve reports of some place: the actors', or the secretariat's own."""
    actor, _, deciding = compiler(programme)
    return holds(user, deciding, actor, steps.APPROVE_REPORT.words) | holds(
        user, Role.DECISION_MAKER, programme.ministry, "godkänna sekretariatets redovisning"
    )


def can_approve_report(user: User, report: ActivityReport) -> Verdict:
    return (
        can_decide_reports(user, report)
        & another(
            user,
            report.reviewed_by_id,
            "Du har själv granskat redovisningen. En annan person ska godkänna den.",
        )
        & another(user, report.submitted_by_id, "Du har själv skickat in redovisningen.")
    )


def can_return_report(user: User, report: ActivityReport) -> Verdict:
    return can_review(user, report, steps.RETURN_REPORT) | can_decide_reports(user, report)


def can_accept_account(user: User, report: ActivityReport) -> Verdict:
    """May accept the account of the report, and it is time to."""
    if report.status != Status.APPROVED:
        return refused("Redovisningen är inte godkänd än.")
    if report.tranche.used is not None:
        return refused("Den ekonomiska redovisningen är redan godtagen.")
    return grants_permissions.can_accept_account(user, report.tranche)


def can_compile(user: User, programme: Programme) -> Verdict:
    actor, working, _ = compiler(programme)
    return holds(user, working, actor, steps.COMPILE.words)


def can_ask_fact_check(user: User, row: Tranche) -> Verdict:
    """May ask the actor of a tranche to check its page."""
    return can_compile(user, row.programme) & unbiased(user, steps.ASK_FACT_CHECK, row)


def can_answer_fact_check(user: User, check: FactCheck) -> Verdict:
    what = "svara på faktagranskningen"
    return holds(user, Role.WRITER, check.holder, what) | holds(user, Role.SIGNATORY, check.holder, what)


def can_handle_fact_check(user: User, check: FactCheck) -> Verdict:
    return can_compile(user, check.programme) & unbiased(user, steps.HANDLE_FACT_CHECK, check)


def can_establish(user: User, version: CompilationVersion) -> Verdict:
    actor, _, deciding = compiler(version.programme)
    return holds(user, deciding, actor, steps.ESTABLISH.words) & another(
        user,
        version.frozen_by_id,
        "Du har själv fryst sammanställningen. En annan person ska fastställa den.",
    )


def can_deliver(user: User, version: CompilationVersion) -> Verdict:
    actor, _, deciding = compiler(version.programme)
    return holds(user, deciding, actor, steps.DELIVER.words)


def can_acknowledge(user: User, version: CompilationVersion) -> Verdict:
    ministry = version.programme.ministry
    what = steps.ACKNOWLEDGE.words
    return holds(user, Role.OFFICIAL, ministry, what) | holds(user, Role.DECISION_MAKER, ministry, what)


def can_examine(user: User, programme: Programme) -> Verdict:
    """May read what did not go the ordinary way, of everybody's matters."""
    authorities = (programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    if any(party and user.belongs_to(party) for party in authorities):
        return ALLOWED
    return refused("Avvikelserna läses av programmets myndigheter och deras revisorer.")


def reads_drafts(user: User, programme: Programme) -> bool:
    """Belongs to those who compile, or audits them: what is not handed over yet is theirs."""
    return user.belongs_to(compiler(programme).party.pk)
