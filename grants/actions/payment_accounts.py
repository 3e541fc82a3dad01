"""A recipient says where it wants its money; another person checks that it is so."""

from typing import cast

from django.db import transaction
from django.db.models import Q, QuerySet

from actors.models import Actor, User
from actors.roles import Role
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper
from digikoord.lib.verdict import Refused
from duties.actions import notices, obligations
from duties.actions.obligations import owe
from programmes.models import Matter, Programme
from records.actions import audit, papers, registrations
from records.models import Direction

from .. import permissions
from ..events.payment_account import AccountEntered, AccountVerified, AccountVerifiedAnew
from ..lifecycle.payment import Status as PaymentStatus
from ..models import AccountVerification, Evidence, Payment, PaymentAccount
from . import account_stops, missing_people, payments


@transaction.atomic
def enter(actor: Actor, *, by: User, giro: str, number: str) -> PaymentAccount:
    """Enter a bankgiro or plusgiro. A change unverifies, and puts released payments on hold."""
    Actor.objects.select_for_update().get(pk=actor.pk)
    permissions.can_enter_account(by, actor).require()
    old = PaymentAccount.objects.live().filter(actor=actor).first()
    if old:
        lifecycle.advance(old, "replace")
        save(old)
        obligations.void("verify_account", old, "Betalningsuppgiften har ersatts.")
    row = PaymentAccount(actor=actor, giro=giro, number=number, entered_by=by, entered_on=clock.today())
    save(row)
    audit.record(AccountEntered(before=str(old or ""), account=str(row)), row, by=by)
    if old:
        account_stops.replaced(old)
        _hold_released(row, by)
    _owe_verification(row)
    _close_entry_duties(row)
    missing_people.look_at_actor(actor)
    return row


@transaction.atomic
def verify(
    account: PaymentAccount,
    *,
    by: User,
    disburser: Actor,
    evidence: str,
    evidence_kind: Evidence = Evidence.REGISTER,
    paper: Paper | None = None,
) -> PaymentAccount:
    """Verify against the giro's register, or a certified statement whose scan is `paper`.

    `evidence` says in words what was seen. The statement is registered, with its file.
    """
    row = PaymentAccount.objects.locked(account)
    permissions.can_verify_account(by, row, disburser).require()
    lifecycle.advance(row, "verify")
    if evidence_kind == Evidence.STATEMENT and paper is None:
        raise Refused("Bifoga bankens intyg.")
    row.verified_by, row.verified_on = by, clock.today()
    row.evidence_kind, row.evidence = evidence_kind, evidence
    save(row)
    audit.record(AccountVerified(account=str(row), evidence=evidence), row, by=by)
    obligations.close("verify_account", row)
    if paper:
        _register_statement(row, disburser, paper, by)
    missing_people.look_at_actor(row.actor)
    return row


@transaction.atomic
def verify_anew(
    account: PaymentAccount,
    *,
    by: User,
    disburser: Actor,
    evidence: str,
    evidence_kind: Evidence = Evidence.REGISTER,
    paper: Paper | None = None,
) -> AccountVerification:
    """Verify a stopped account again, with fresh evidence, by another person than the last: what stopped it is lifted.

    The account's number, and who verified it first, stay as they are. Whose verifier stands on the other side of a
    payment is verified anew too.
    """
    row = PaymentAccount.objects.locked(account)
    permissions.can_verify_anew(by, row, disburser).require()
    _require_fresh(row, evidence, evidence_kind, paper)
    anew = save(
        AccountVerification(
            account=row,
            verified_by=by,
            verified_on=clock.today(),
            evidence_kind=evidence_kind,
            evidence=evidence,
        )
    )
    audit.record(AccountVerifiedAnew(account=str(row), evidence=evidence), row, by=by)
    account_stops.lift(row, anew)
    if paper:
        _register_statement(row, disburser, paper, by)
    missing_people.look_at_actor(row.actor)
    return anew


def _require_fresh(row: PaymentAccount, evidence: str, evidence_kind: Evidence, paper: Paper | None) -> None:
    if evidence_kind == Evidence.STATEMENT and paper is None:
        raise Refused("Bifoga bankens intyg.")
    if evidence.strip() in {row.evidence, *row.verifications.values_list("evidence", flat=True)}:
        raise Refused(
            "Underlaget är det samma som förra gången. Kontrollera på nytt, och ange det nya underlaget."
        )


def _register_statement(row: PaymentAccount, disburser: Actor, paper: Paper, by: User) -> None:
    registrations.register(
        cast("Matter", row),  # but for its programme, which is said
        by=by,
        direction=Direction.IN,
        party=row.actor,
        title=f"Bankens intyg för {row}",
        document=papers.keep(paper, by=by),
        programme=cast("Programme", programmes_of(row.actor).filter(disburser=disburser).first()),
    )


def programmes_of(actor: Actor) -> QuerySet[Programme]:
    """The programmes the actor holds a place in, or pays in."""
    return Programme.objects.filter(Q(places__assignments__holder=actor) | Q(disburser=actor)).distinct()


def _paying(actor: Actor) -> Programme | None:
    """The programme whose authority checks the actor's account: the oldest that has not ended, else the oldest."""
    found = list(programmes_of(actor).select_related("disburser").order_by("pk"))
    running = [row for row in found if row.definition.programme.ends >= clock.today()]
    return next(iter(running or found), None)


def _owe_verification(row: PaymentAccount) -> None:
    """An authority that pays the actor checks the account."""
    programme = _paying(row.actor)
    if programme is None:
        return
    owe("verify_account", cast("Matter", row), programme=programme, debtor=programme.disburser)


def _hold_released(row: PaymentAccount, by: User) -> None:
    """The classic fraud is a changed account: stop what is on its way and tell both parties."""
    released = Payment.objects.filter(
        requisition__tranche__assignment__holder=row.actor, status=PaymentStatus.RELEASED
    )
    for payment in payments.in_order(released):
        held = Payment.objects.locked(payment)
        payments.put_on_hold(held, by=by, reason="Betalningsuppgiften har ändrats.")
    text = f"Betalningsuppgiften för {row.actor} har ändrats till {row}."
    notices.tell(row.actor, Role.SIGNATORY, text=text, url=row.get_absolute_url())
    paying = programmes_of(row.actor).select_related("disburser").order_by("pk")
    for disburser in dict.fromkeys(programme.disburser for programme in paying):
        notices.tell(disburser, Role.PAYER, text=text, url=row.get_absolute_url())


def _close_entry_duties(row: PaymentAccount) -> None:
    waiting = Payment.objects.filter(
        requisition__tranche__assignment__holder=row.actor, status=PaymentStatus.PREPARED
    )
    for payment in waiting:
        obligations.close("enter_account", payment)
