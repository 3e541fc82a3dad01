from django.shortcuts import get_object_or_404, render

from actors.models import Event
from digikoord.lib import clock, lists, pages
from digikoord.lib.buttons import offered
from digikoord.lib.columns import Column
from digikoord.lib.fields import ChooseForm, ReasonForm

from .. import permissions, selectors
from ..actions import payments
from ..forms.filters import PaymentFilter
from ..forms.money import ConfirmForm, ConfirmManyForm
from ..models import Payment

COLUMNS = (
    Column(
        "place",
        "Plats",
        value=lambda row: row.tranche.place.name,
        link=lambda row: row.get_absolute_url(),
    ),
    Column("year", "År", value=lambda row: str(row.tranche.year)),
    Column("status", "Läge", "status"),
    Column("holder", "Mottagare", value=lambda row: str(row.tranche.holder)),
    Column("amount", "Belopp, kr", "money", total=True),
    Column("account", "Konto", value=lambda row: row.account and str(row.account)),
    Column("batch", "Lista", value=lambda row: row.batch and str(row.batch.number)),
    Column("value_date", "Valutadag", "date"),
)


def list_(request, programme):
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


def _found(request, pk):
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
    return get_object_or_404(rows.defer("batch__content", "settled_in__content"), pk=pk)


def detail(request, pk):
    row = _found(request, pk)
    user = request.user
    paying = permissions.can_pay(user, row)
    correcting = permissions.can_correct_payment(user, row)
    return render(
        request,
        "grants/payment_detail.html",
        {
            "payment": row,
            "programme": row.programme,
            "account": row.account or row.live_account,
            "reads_all": selectors.is_authority(user, row.programme),
            "buttons": offered(
                row,
                (permissions.can_release(user, row), "release", "grants:payment_release"),
                (paying, "hold", "grants:payment_hold"),
                (permissions.can_confirm_payment(user, row), "confirm", "grants:payment_confirm"),
                (paying, "accept", "grants:payment_accept"),
                (paying, "fail", "grants:payment_fail"),
                (correcting, "correct", "grants:payment_correct"),
                (correcting, "cancel", "grants:payment_cancel"),
            ),
            "events": Event.objects.about(row.subject().key),
        },
    )


def _act(request, row, move, verdict, do, done, **options):
    return pages.act_on(
        request,
        row,
        move,
        template=f"grants/payment_{move}.html",
        verdict=verdict,
        do=do,
        done=done,
        account=row.account or row.live_account,
        **options,
    )


def release(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "release",
        permissions.can_release(request.user, row),
        lambda data: payments.release(row, by=request.user),
        "Utbetalningen är utanordnad.",
    )


def hold(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "hold",
        permissions.can_pay(request.user, row),
        lambda data: payments.hold(row, by=request.user, **data),
        "Utbetalningen hålls inne.",
        form=ReasonForm,
    )


def accept(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "accept",
        permissions.can_pay(request.user, row),
        lambda data: payments.accept(row, by=request.user),
        "Banken har tagit emot betalningen.",
    )


def confirm(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "confirm",
        permissions.can_confirm_payment(request.user, row),
        lambda data: payments.confirm(row, by=request.user, **data),
        "Betalningen är bekräftad.",
        form=ConfirmForm,
        initial={"value_date": clock.today()},
    )


def fail(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "fail",
        permissions.can_pay(request.user, row),
        lambda data: payments.fail(row, by=request.user, **data),
        "Betalningen är registrerad som misslyckad.",
        form=ReasonForm,
        danger=True,
    )


def correct(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "correct",
        permissions.can_correct_payment(request.user, row),
        lambda data: payments.correct(row, by=request.user, **data),
        "Betalningen är förberedd på nytt.",
        form=ReasonForm,
    )


def cancel(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "cancel",
        permissions.can_correct_payment(request.user, row),
        lambda data: payments.cancel(row, by=request.user, **data),
        "Betalningen är makulerad.",
        form=ReasonForm,
        danger=True,
    )


def _mass(request, programme, *, move, template, permission, do, done, to, form=ChooseForm, initial=None):
    programme = selectors.programme_or_404(request.user, programme)
    rows = selectors.payments_of(request.user, programme)
    chosen, left_out = selectors.split_payments(request.user, rows, move, permission)
    choices = {"rows": Payment.objects.filter(pk__in=[row.pk for row in chosen])}
    return pages.act(
        request,
        verdict=permissions.can_pay(request.user, programme),
        template=template,
        context={
            "programme": programme,
            "rows": [selectors.payment_choice(row) for row in chosen],
            "excluded": left_out,
            "cancel_url": selectors.payments_url(programme),
        },
        form=form,
        form_kwargs=choices | ({"initial": initial} if initial else {}),
        do=lambda data: do(programme, data),
        done=done,
        to=to or selectors.payments_url(programme),
    )


def release_many(request, programme):
    return _mass(
        request,
        programme,
        move="release",
        template="grants/payment_release_many.html",
        permission=permissions.can_release_now,
        do=lambda programme, data: payments.release_many(data["rows"], by=request.user),
        done=lambda made: f"{len(made)} utbetalningar är utanordnade.",
        to=None,
    )


def export(request, programme):
    return _mass(
        request,
        programme,
        move="export",
        template="grants/payment_export.html",
        permission=permissions.can_pay,
        do=lambda programme, data: payments.export(programme, by=request.user, payments=data["rows"]),
        done=lambda batch: f"Betalningslista {batch.number} är skapad.",
        to=lambda batch: batch.get_absolute_url(),
    )


def confirm_many(request, programme):
    return _mass(
        request,
        programme,
        move="confirm",
        template="grants/payment_confirm_many.html",
        permission=permissions.can_confirm_payment,
        do=lambda programme, data: payments.confirm_many(data.pop("rows"), by=request.user, **data),
        done=lambda made: f"{len(made)} betalningar är bekräftade.",
        to=None,
        form=ConfirmManyForm,
        initial={"value_date": clock.today()},
    )
