"""Who may report, review, and compile. Where a programme has no secretariat, the ministry does it;
the secretariat's own report is reviewed by the ministry."""

from actors import steps
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, refused
from grants import permissions as grants_permissions
from programmes.handling import another, holds, unbiased

# The table of whom matters concern must know of ours before anybody is asked about them.
from . import concerned as _concerned  # noqa: F401
from .lifecycle.activity_report import Status


def compiler(programme):
    """(actor, working role, deciding role) of those who review and compile."""
    if programme.secretariat_id:
        return programme.secretariat, Role.CASE_OFFICER, Role.HEAD
    return programme.ministry, Role.OFFICIAL, Role.DECISION_MAKER


def reviewer(place):
    """(actor, working role, deciding role) of those who review the place's report."""
    if place.is_secretariat:
        return place.programme.ministry, Role.OFFICIAL, Role.DECISION_MAKER
    return compiler(place.programme)


def can_write_report(user, tranche):
    holder = tranche.holder
    return holds(user, Role.WRITER, holder, "skriva redovisningen") | holds(
        user, Role.SIGNATORY, holder, "skriva redovisningen"
    )


def can_write(user, report):
    """The actor's own people, and whoever types in what came on paper."""
    verdict = can_write_report(user, report.tranche)
    return verdict | can_type_in(user, report) if report.paper_id else verdict


def can_register_report(user, row):
    """May register a report that came on paper; `row` is a report or a tranche."""
    return _reviews(user, row, steps.REGISTER_REPORT)


def can_type_in(user, report):
    """May write and submit what came on paper, as it stands there."""
    return _reviews(user, report, steps.TYPE_IN_REPORT)


def _reviews(user, row, step):
    """One of those who review the place's reports; `row` is a report or a tranche."""
    actor, working, _ = reviewer(row.place)
    return holds(user, working, actor, step.words) & unbiased(user, step, row)


def can_submit_report(user, report):
    if report.paper_id:
        return can_type_in(user, report)
    return holds(user, Role.SIGNATORY, report.holder, "skicka in redovisningen")


def can_review(user, report, step=steps.REVIEW_REPORT):
    return _reviews(user, report, step) & another(
        user, report.submitted_by_id, "Du har själv skickat in redovisningen."
    )


def can_check_report(user, report):
    return can_review(user, report, steps.CHECK_REPORT)


def can_assign(user, report):
    """Those who review share the work out among themselves."""
    return _shares_out(user, reviewer(report.place)) & unbiased(user, steps.ASSIGN_REPORT, report)


def can_assign_some(user, programme):
    """May share out the actors' reports."""
    return _shares_out(user, compiler(programme))


def _shares_out(user, reviewers):
    actor, working, deciding = reviewers
    what = steps.ASSIGN_REPORT.words
    return holds(user, working, actor, what) | holds(user, deciding, actor, what)


def can_be_assigned(user, report):
    return _reviews(user, report, steps.REVIEW_REPORT)


def can_comment(user, report):
    """May write among those who review: on fields, and for the file."""
    if report.submitted_on is None:
        return refused("Redovisningen har inte kommit in än.")
    return _shares_out(user, reviewer(report.place)) & unbiased(user, steps.COMMENT_REPORT, report)


def can_withdraw_comment(user, comment):
    if comment.by_id == user.pk:
        return ALLOWED
    return refused("Bara den som skrivit kommentaren kan ta bort den.")


def handles_report(user, report):
    """Reads all of the report: the actor's own people, and the programme's authorities with their auditors."""
    programme = report.programme
    parties = (report.holder.pk, programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    if any(party in user.acting_for for party in parties):
        return ALLOWED
    return refused("Redovisningen läses i sin helhet av aktören och programmets myndigheter.")


def can_decide_reports(user, report):
    """May decide on the report; `can_approve_report` says who of those may approve it."""
    actor, _, deciding = reviewer(report.place)
    return holds(user, deciding, actor, steps.APPROVE_REPORT.words) & unbiased(
        user, steps.APPROVE_REPORT, report
    )


def can_decide_some(user, programme):
    """May approve reports of some place: the actors', or the secretariat's own."""
    actor, _, deciding = compiler(programme)
    return holds(user, deciding, actor, steps.APPROVE_REPORT.words) | holds(
        user, Role.DECISION_MAKER, programme.ministry, "godkänna sekretariatets redovisning"
    )


def can_approve_report(user, report):
    return (
        can_decide_reports(user, report)
        & another(
            user,
            report.reviewed_by_id,
            "Du har själv granskat redovisningen. En annan person ska godkänna den.",
        )
        & another(user, report.submitted_by_id, "Du har själv skickat in redovisningen.")
    )


def can_return_report(user, report):
    return can_review(user, report, steps.RETURN_REPORT) | can_decide_reports(user, report)


def can_accept_account(user, report):
    """May accept the account of the report, and it is time to."""
    if report.status != Status.APPROVED:
        return refused("Redovisningen är inte godkänd än.")
    if report.tranche.used is not None:
        return refused("Den ekonomiska redovisningen är redan godtagen.")
    return grants_permissions.can_accept_account(user, report.tranche)


def can_compile(user, programme):
    actor, working, _ = compiler(programme)
    return holds(user, working, actor, steps.COMPILE.words)


def can_ask_fact_check(user, row):
    """May ask the actor of a tranche to check its page."""
    return can_compile(user, row.programme) & unbiased(user, steps.ASK_FACT_CHECK, row)


def can_answer_fact_check(user, check):
    what = "svara på faktagranskningen"
    return holds(user, Role.WRITER, check.holder, what) | holds(user, Role.SIGNATORY, check.holder, what)


def can_handle_fact_check(user, check):
    return can_compile(user, check.programme) & unbiased(user, steps.HANDLE_FACT_CHECK, check)


def can_establish(user, version):
    actor, _, deciding = compiler(version.programme)
    return holds(user, deciding, actor, steps.ESTABLISH.words) & another(
        user,
        version.frozen_by_id,
        "Du har själv fryst sammanställningen. En annan person ska fastställa den.",
    )


def can_deliver(user, version):
    actor, _, deciding = compiler(version.programme)
    return holds(user, deciding, actor, steps.DELIVER.words)


def can_acknowledge(user, version):
    ministry = version.programme.ministry
    what = steps.ACKNOWLEDGE.words
    return holds(user, Role.OFFICIAL, ministry, what) | holds(user, Role.DECISION_MAKER, ministry, what)


def can_examine(user, programme):
    """May read what did not go the ordinary way, of everybody's matters."""
    authorities = (programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    if any(party and user.belongs_to(party) for party in authorities):
        return ALLOWED
    return refused("Avvikelserna läses av programmets myndigheter och deras revisorer.")


def reads_drafts(user, programme):
    """Belongs to those who compile, or audits them: what is not handed over yet is theirs."""
    return user.belongs_to(compiler(programme)[0].pk)
