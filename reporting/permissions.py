"""Who may report, review, and compile. Where a programme has no secretariat, the ministry does it;
the secretariat's own report is reviewed by the ministry."""

from actors.permissions import is_impartial
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, refused
from grants import permissions as grants_permissions
from grants.handling import another, holds

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


def can_submit_report(user, report):
    return holds(user, Role.SIGNATORY, report.holder, "skicka in redovisningen")


def can_review(user, report):
    actor, working, _ = reviewer(report.place)
    return (
        holds(user, working, actor, "granska redovisningen")
        & is_impartial(user, report.holder)
        & another(user, report.submitted_by_id, "Du har själv skickat in redovisningen.")
    )


def can_decide_reports(user, report):
    """May decide on the report; `can_approve_report` says who of those may approve it."""
    actor, _, deciding = reviewer(report.place)
    return holds(user, deciding, actor, "godkänna redovisningar") & is_impartial(user, report.holder)


def can_decide_some(user, programme):
    """May approve reports of some place: the actors', or the secretariat's own."""
    actor, _, deciding = compiler(programme)
    return holds(user, deciding, actor, "godkänna redovisningar") | holds(
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
    return can_review(user, report) | can_decide_reports(user, report)


def can_accept_account(user, report):
    """May accept the account of the report, and it is time to."""
    if report.status != Status.APPROVED:
        return refused("Redovisningen är inte godkänd än.")
    if report.tranche.used is not None:
        return refused("Den ekonomiska redovisningen är redan godtagen.")
    return grants_permissions.can_accept_account(user, report.tranche)


def can_compile(user, programme):
    actor, working, _ = compiler(programme)
    return holds(user, working, actor, "bygga sammanställningen")


def can_establish(user, version):
    actor, _, deciding = compiler(version.programme)
    return holds(user, deciding, actor, "fastställa sammanställningen") & another(
        user,
        version.frozen_by_id,
        "Du har själv fryst sammanställningen. En annan person ska fastställa den.",
    )


def can_deliver(user, version):
    actor, _, deciding = compiler(version.programme)
    return holds(user, deciding, actor, "överlämna sammanställningen")


def can_acknowledge(user, version):
    ministry = version.programme.ministry
    return holds(user, Role.OFFICIAL, ministry, "bekräfta mottagandet") | holds(
        user, Role.DECISION_MAKER, ministry, "bekräfta mottagandet"
    )


def can_examine(user, programme):
    """May read what did not go the ordinary way, of everybody's matters."""
    authorities = (programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    if any(party and user.belongs_to(party) for party in authorities):
        return ALLOWED
    return refused("Avvikelserna läses av programmets myndigheter och deras revisorer.")
