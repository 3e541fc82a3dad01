"""The amounts and what became of them: lists, sums and the chain of money."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import Count, Prefetch, Q, Sum
from django.urls import reverse

from actors.models import Actor, User
from digikoord.lib.money import kr
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.models import Programme

from ..lifecycle.tranche import Status
from ..models import Payment, PaymentBatch, ProgrammeYear, RepaymentClaim, Requisition, Tranche
from ..models.account_stop import accounts_with_state
from ..models.balance import Balance
from ..models.payment import PaymentQuerySet
from ..models.payment_batch import PaymentBatchQuerySet
from ..models.repayment_claim import RepaymentClaimQuerySet
from ..models.requisition import RequisitionQuerySet
from ..models.tranche import TrancheQuerySet

# What the four eyes of a payment ask (grants/paying.py), and of a requisition that is to be one
_ACCOUNTS = "tranche__assignment__holder__payment_accounts"
FOUR_EYES = (
    "requisition__steps",
    Prefetch(f"requisition__{_ACCOUNTS}", accounts_with_state()),
)
FOUR_EYES_OF_REQUISITIONS = ("steps", Prefetch(_ACCOUNTS, accounts_with_state()))


def preparable(tranches: Iterable[Tranche]) -> int:
    """How many amounts can be prepared now."""
    return sum(row.status == Status.OPEN and bool(row.assignment.binding) for row in tranches)


def tranches_of_year(user: User, year: ProgrammeYear) -> TrancheQuerySet:
    rows = Tranche.objects.visible_to(user).filter(year=year).with_money()
    return rows.select_related("place__programme__ministry", "assignment__holder", "year").order_by(
        "place__part", "place__code"
    )


def money_steps(balance: Balance) -> list[tuple[str, str, Decimal, str]]:
    """The chain of amounts for components/money_chain.html."""
    repaid = f"Återbetalt {kr(balance.repaid)}" if balance.repaid else ""
    waived = f"Eftergivet {kr(balance.waived)}" if balance.waived else ""
    return [
        ("ceiling", "Högsta belopp", balance.ceiling, ""),
        ("granted", "Beviljat", balance.granted, ""),
        ("requisitioned", "Rekvirerat", balance.requisitioned, ""),
        ("paid", "Utbetalt", balance.paid, ""),
        ("used", "Använt, godtaget", balance.used, ""),
        ("repay", "Kvar att återbetala", balance.to_repay, ". ".join(filter(None, [repaid, waived]))),
    ]


def counted(rows: models.QuerySet[models.Model]) -> Counter[str]:
    """{status: how many}, for the buttons of a list's mass acts."""
    return Counter(rows.order_by().values_list("status", flat=True))


def requisitions_of(user: User, programme: Programme) -> RequisitionQuerySet:
    rows = Requisition.objects.visible_to(user).filter(tranche__place__programme=programme)
    return rows.select_related(
        "tranche__year", "tranche__place__programme__ministry", "tranche__assignment__holder"
    ).order_by("-tranche__year__year", "tranche__place__part", "tranche__place__code", "pk")


def payments_of(user: User, programme: Programme) -> PaymentQuerySet:
    rows = Payment.objects.visible_to(user).filter(requisition__tranche__place__programme=programme)
    return (
        rows.select_related(
            "requisition__tranche__year",
            "requisition__tranche__place__programme__disburser",
            "requisition__tranche__assignment__holder",
            "account",
            "batch",
        )
        .prefetch_related(*FOUR_EYES)
        .order_by("-requisition__tranche__year__year", "requisition__tranche__place__code", "pk")
    )


def payment_counts(rows: models.QuerySet[Payment]) -> Counter[str]:
    counts = counted(rows)
    counts["at_bank"] = counts["exported"] + counts["accepted"]
    return counts


def requisitions_url(programme: Programme) -> str:
    return reverse("grants:requisition_list", args=[programme.code])


def payments_url(programme: Programme) -> str:
    return reverse("grants:payment_list", args=[programme.code])


def bank_files_url(programme: Programme) -> str:
    return reverse("grants:bank_file_list", args=[programme.code])


def bank_lines_url(programme: Programme) -> str:
    return reverse("grants:bank_line_list", args=[programme.code])


def bank_details_url(programme: Programme) -> str:
    return reverse("grants:bank_details_detail", args=[programme.code])


def claims_url(programme: Programme) -> str:
    return reverse("grants:repayment_claim_list", args=[programme.code])


def has_bank_file(batch: PaymentBatch) -> Verdict:
    """Whether the bank can have been given the list as a file."""
    if batch.message_id:
        return ALLOWED
    return refused("Listan skapades innan betalningsfiler fanns. Bekräfta betalningarna för hand.")


def batches_of(user: User, programme: Programme) -> PaymentBatchQuerySet:
    rows = PaymentBatch.objects.visible_to(user).filter(programme=programme).defer("content")
    return rows.annotate(count=Count("payments"), total=Sum("payments__amount"))


def claims_of(user: User, programme: Programme) -> RepaymentClaimQuerySet:
    rows = RepaymentClaim.objects.visible_to(user).filter(tranche__place__programme=programme)
    return (
        rows.with_state()
        .select_related("tranche__year", "tranche__place", "tranche__assignment__holder")
        .order_by("-tranche__year__year", "tranche__place__part", "tranche__place__code")
    )


def disburser_of(user: User, actor: Actor) -> Actor:
    """The authority that pays the actor: the one the user belongs to, where there are several."""
    rows = Programme.objects.filter(Q(places__assignments__holder=actor) | Q(disburser=actor))
    rows = rows.select_related("disburser")
    disbursers = [row.disburser for row in rows.distinct()]
    own = [row for row in disbursers if user.belongs_to(row.pk)]
    return (own or disbursers)[0]
