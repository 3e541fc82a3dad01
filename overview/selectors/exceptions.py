"""What an auditor looks for: everything in the money's trail that did not go the ordinary way."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from access.events.conflict import ConflictDeclared, ConflictLifted, ConflictStepLifted, ConflictUpheld
from actors.models import Actor
from digikoord.lib.columns import Column
from grants.events.assignment import AssignmentAccepted, AssignmentDeclined, AssignmentReopened
from grants.events.bank_details import BankDetailsEntered
from grants.events.bank_file import (
    BankFileDepositHandled,
    BankFileDepositsTakenIn,
    BankFileLineSetAside,
    BankFileLineSettled,
)
from grants.events.government_decision import DecisionCorrected
from grants.events.payment import (
    PaymentCancelled,
    PaymentConfirmed,
    PaymentCorrected,
    PaymentFailed,
    PaymentHeld,
    PaymentReturned,
)
from grants.events.payment_account import AccountEntered, AccountStopped, AccountVerifiedAnew
from grants.events.payment_batch import BatchFileHandedOutAgain
from grants.events.recovery import RecoveryDecided, RecoveryOpened, RecoveryWithdrawn
from grants.events.repayment_claim import (
    ClaimAdjusted,
    ClaimDeferred,
    ClaimReopened,
    ClaimReversed,
    ClaimWaived,
)
from grants.events.requisition import RequisitionSubmitted
from grants.events.tranche import (
    TrancheAccountTakenBack,
    TrancheCharged,
    TrancheReopened,
    TrancheUnsettled,
    TrancheUsedChanged,
)
from grants.models import Assignment, Payment
from records.happened import KNOWN, Happened, verbs_of
from records.models import Event
from reporting.events.activity_report import ReportReopened

if TYPE_CHECKING:
    from actors.models import User
    from programmes.models import Programme


CONFLICTS = (ConflictDeclared, ConflictUpheld, ConflictLifted, ConflictStepLifted)
ANSWERS = (AssignmentAccepted, AssignmentDeclined)


@dataclass(frozen=True)
class ExceptionKind:
    """One kind of exception: the verbs that tell of it, and which of their rows where not all are."""

    label: str
    told_by: tuple[type[Happened], ...]
    only: Callable[[Programme], Q] | None = None


def _late_requisitions(_programme: Programme) -> Q:
    return Q(facts__late=True)


def _late_answers(programme: Programme) -> Q:
    late = Assignment.objects.filter(place__programme=programme, answered_late=True)
    return Q(key__in=[f"assignment:{pk}" for pk in late.values_list("pk", flat=True)])


def _by_hand(programme: Programme) -> Q:
    """Confirmed by a person, not by the bank's file."""
    confirmed = Q(confirmed_by__isnull=False) | Q(returns__confirmed_by__isnull=False)
    paid = Payment.objects.filter(confirmed, requisition__tranche__place__programme=programme)
    return Q(key__in=[f"payment:{pk}" for pk in paid.values_list("pk", flat=True)])


def _under_a_lift(_programme: Programme) -> Q:
    """Taken by somebody with a declared conflict of interest, which another person had lifted for that one step."""
    return Q(facts__has_key="lifted")


def _changed(_programme: Programme) -> Q:
    return ~Q(facts__before="")


def _left(_programme: Programme) -> Q:
    """Deposits that fit no claim: somebody looks into them."""
    return Q(facts__left__gt=0)


KINDS = {
    "sen-rekvisition": ExceptionKind("Sen rekvisition", (RequisitionSubmitted,), _late_requisitions),
    "sent-svar": ExceptionKind("Sent svar", ANSWERS, _late_answers),
    "eftergift": ExceptionKind("Eftergift", (ClaimWaived,)),
    "for-hand": ExceptionKind("Betald för hand", (PaymentConfirmed,), _by_hand),
    "jav": ExceptionKind("Jäv", CONFLICTS),
    "havt-jav": ExceptionKind("Steg under hävt jäv", (), _under_a_lift),
    "andrat-konto": ExceptionKind("Ändrat konto", (AccountEntered,), _changed),
    "bankuppgifter": ExceptionKind("Myndighetens bankuppgifter", (BankDetailsEntered,), _changed),
    "innehallen": ExceptionKind("Innehållen betalning", (PaymentHeld,)),
    "lamnad": ExceptionKind("Inbetalning att utreda", (BankFileDepositsTakenIn,), _left),
    "utredd": ExceptionKind(
        "Utredd inbetalning",
        (BankFileDepositHandled, BankFileLineSettled, BankFileLineSetAside),
    ),
    "hamtad-igen": ExceptionKind("Betalningsfil hämtad igen", (BatchFileHandedOutAgain,)),
    "misslyckad": ExceptionKind("Misslyckad betalning", (PaymentFailed, PaymentCorrected, PaymentCancelled)),
    "retur": ExceptionKind("Retur", (PaymentReturned, TrancheAccountTakenBack)),
    "sparrat": ExceptionKind("Spärrat konto", (AccountStopped, AccountVerifiedAnew)),
    "oppnat": ExceptionKind(
        "Öppnat igen",
        (TrancheReopened, TrancheUnsettled, ClaimReopened, ReportReopened, AssignmentReopened),
    ),
    "rattat": ExceptionKind("Rättat", (ClaimReversed, TrancheUsedChanged, DecisionCorrected)),
    "justerat-krav": ExceptionKind("Justerat krav eller anstånd", (ClaimAdjusted, ClaimDeferred)),
    "annat-ar": ExceptionKind("Betalt efter årets slut", (TrancheCharged,)),
    "aterkrav": ExceptionKind("Återkrav", (RecoveryOpened, RecoveryDecided, RecoveryWithdrawn)),
}
KIND_OF = {
    verb: kind.label for key, kind in KINDS.items() for verb in verbs_of(*kind.told_by) if key != "havt-jav"
}


def exceptions(
    programme: Programme, user: User, *, kind: str | None = "", year: int | None = None
) -> QuerySet[Event]:
    """The events the user may read, latest first: of one kind (a key of KINDS) or all, of one year or all.

    What belongs to no programme year (an account, a conflict of interest) has the year it happened in.
    """
    chosen = [KINDS[kind]] if kind in KINDS else list(KINDS.values())
    which = Q()
    for one in chosen:
        which |= Q(verb__in=_verbs(one)) & (one.only(programme) if one.only else Q())
    rows = Event.objects.filter(which, _of(programme, user))
    if year:
        rows = rows.filter(Q(year=year) | Q(year__isnull=True, at__year=year))
    return rows.order_by("-at", "-pk")


def _verbs(kind: ExceptionKind) -> Collection[str]:
    """Of a step under a lift: every verb that tells of a step that a conflict can be lifted for."""
    return verbs_of(*kind.told_by) or [verb for verb, told in KNOWN.items() if told.as_step]


def _of(programme: Programme, user: User) -> Q:
    """The programme's own trail, and the accounts of those who take part.

    A conflict of interest, with its reason, is read by the person's own party and nobody else.
    """
    authorities = [programme.ministry_id, programme.disburser_id, programme.secretariat_id]
    takes_part = Q(assignments__place__programme=programme) | Q(pk__in=[key for key in authorities if key])
    actors = Actor.objects.filter(takes_part)
    own = [row.actor.code for row in user.memberships_now if row.actor_id in authorities]
    elsewhere = Q(programme="", holder__in=actors.values("code")) & ~Q(verb__in=verbs_of(*CONFLICTS))
    return Q(programme=programme.code) | elsewhere | Q(verb__in=verbs_of(*CONFLICTS), holder__in=own)


def sentence(event: Event) -> str:
    """What the trail says of it, as text."""
    told = render_to_string(event.sentence_template, {"event": event})
    return re.sub("[ \\n]+", " ", unescape(strip_tags(told))).strip()


def kind_of(event: Event) -> str:
    """What makes it an exception; the conflict of interest before what the step itself was."""
    return KINDS["havt-jav"].label if "lifted" in event.facts else KIND_OF[event.verb]


COLUMNS = (
    Column(
        "label", "Ärende", link=lambda row: row.url, value=lambda row: row.label[:1].upper() + row.label[1:]
    ),
    Column("kind", "Slag", value=kind_of),
    Column("day", "Dag", "date", value=lambda row: row.at),
    Column("sentence", "Vad som hände", value=sentence),
    Column("by", "Vem", value=lambda row: row.by_name),
    Column("place", "Plats", value=lambda row: row.place_label or None),
    Column("year", "År", value=lambda row: str(row.year) if row.year else None),
)
