# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import clock, lists, pages
from digikoord.lib.buttons import offered
from digikoord.lib.columns import Column
from digikoord.lib.fields import ReasonForm
from digikoord.lib.pages import R
from digikoord.lib.verdict import Verdict
from records.models import Event

from .. import permissions, selectors
from ..actions import payment_returns, payments
from ..forms.filters import PaymentFilter
from ..forms.money import ConfirmForm, FailForm, ReturnForm
from ..four_eyes import Step
from ..models import Payment, PaymentAccount
from ..selectors.lacking import lacking_people

COLUMNS = (
    Column(
        "place",
        "Plats",
        value=lambda row: row.tranche.place.name,
        link=lambda row: row.get_absolute_url(),
    ),
    Column("year", "Avser år", value=lambda row: str(row.tranche.year)),
    Column("status", "Läge", "status"),
    Column("holder", "Mottagare", value=lambda row: str(row.tranche.holder)),
    Column("amount", "Belopp, kr", "money", total=True),
    Column("account", "Konto", value=lambda row: row.account and str(row.account)),
    Column("batch", "Lista", value=lambda row: row.batch and str(row.batch.number)),
    Column("value_date", "Valutadag", "date"),
    Column("charged_year", "Belastar år", value=lambda row: row.charged_year and str(row.charged_year)),
)


def list_(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    rows = selectors.payments_of(request.user, programme)
    return lists.listing(
        request,
        template="grants/payment_list.html",
        name="utbetalningar",
        columns=COLUMNS,
        rows=rows.prefetch_related(None),
        filters=PaymentFilter,
        programme=programme,
        batches=selectors.batches_of(request.user, programme),
        counts=selectors.payment_counts(rows),
        may_pay=permissions.can_pay(request.user, programme),
        reads_all=selectors.is_authority(request.user, programme),
    )


def _found(request: Request, pk: int) -> Payment:
    rows = Payment.objects.visible_to(request.user).select_related(
        "requisition__tranche__year",
        "requisition__tranche__place__programme__ministry",
        "requisition__tranche__place__programme__disburser",
        "requisition__tranche__assignment__holder",
        "requisition__tranche__assignment__decision",
        "account__verified_by",
        "batch",
        "prepared_by",
        "released_by",
        "confirmed_by",
        "settled_in",
    )
    rows = rows.prefetch_related(*selectors.FOUR_EYES)
    return get_object_or_404(rows.defer("batch__content", "settled_in__content"), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    user = request.user
    paying = permissions.can_pay(user, row)
    telling = permissions.can_tell(user, row)
    reads_all = selectors.is_authority(user, row.programme)
    return render(
        request,
        "grants/payment_detail.html",
        {
            "payment": row,
            "programme": row.programme,
            "account": _account(row),
            "reads_all": reads_all,
            "lacking": lacking_people(row.programme, [row]) if reads_all else (),
            "returns": row.returns.select_related("account", "registered_by"),
            "buttons": offered(
                row,
                (permissions.can_release(user, row), "release", "grants:payment_release"),
                (paying, "hold", "grants:payment_hold"),
                (telling, "confirm", "grants:payment_confirm"),
                (telling, "accept", "grants:payment_accept"),
                (telling, "fail", "grants:payment_fail"),
                (permissions.can_correct_now(user, row), "correct", "grants:payment_correct"),
                (permissions.can_cancel_payment(user, row), "cancel", "grants:payment_cancel"),
                (telling, "return", "grants:payment_return"),
            ),
            "events": Event.objects.about(row.subject().key),
        },
    )


def _account(row: Payment) -> PaymentAccount | None:
    """Where it goes: the account it was released to, as it was read with its state where it is still the one in use."""
    live = row.live_account
    return live if live and row.account_id in (None, live.pk) else row.account


def _act(
    request: Request,
    row: Payment,
    *,
    move: str,
    verdict: Verdict,
    do: Callable[..., R],
    done: str | Callable[[R], str],
    after: str | None = None,
    **options: Any,  # what pages.act_on takes
) -> HttpResponse:
    """`after` is the step of the two sides that the act is: the page says whom the payment would then lack."""
    if after and verdict:
        options["lacking"] = lacking_people(row.programme, [row], (after, request.user))
    return pages.act_on(
        request,
        row,
        move,
        template=f"grants/payment_{move}.html",
        verdict=verdict,
        do=do,
        done=done,
        account=_account(row),
        **options,
    )


def release(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="release",
        verdict=permissions.can_release(request.user, row),
        do=partial(payments.release, row, by=request.user),
        done="Utbetalningen är utanordnad.",
        after=Step.RELEASED,
    )


def hold(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="hold",
        verdict=permissions.can_pay(request.user, row),
        do=partial(payments.hold, row, by=request.user),
        done="Utbetalningen hålls inne.",
        form=ReasonForm,
    )


def accept(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="accept",
        verdict=permissions.can_tell(request.user, row),
        do=partial(payments.accept, row, by=request.user),
        done="Banken har tagit emot betalningen.",
    )


def confirm(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="confirm",
        verdict=permissions.can_confirm_payment(request.user, row),
        do=partial(payments.confirm, row, by=request.user),
        done="Betalningen är bekräftad.",
        form=ConfirmForm,
        initial={"value_date": clock.today()},
    )


def fail(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="fail",
        verdict=permissions.can_tell(request.user, row),
        do=partial(payments.fail, row, by=request.user),
        done="Betalningen är registrerad som misslyckad.",
        form=FailForm,
        danger=True,
    )


def correct(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="correct",
        verdict=permissions.can_correct_now(request.user, row),
        do=partial(payments.correct, row, by=request.user),
        done="Betalningen är förberedd på nytt.",
        form=ReasonForm,
        after=Step.CORRECTED,
    )


def cancel(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="cancel",
        verdict=permissions.can_cancel_payment(request.user, row),
        do=partial(payments.cancel, row, by=request.user),
        done="Betalningen är makulerad.",
        form=ReasonForm,
        danger=True,
    )


def bring_back(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="return",
        verdict=permissions.can_bring_back(request.user, row),
        do=partial(payment_returns.bring_back, row, by=request.user),
        done="Returen är registrerad.",
        form=ReturnForm,
        initial={"on": clock.today()},
        danger=True,
    )
