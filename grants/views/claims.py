from django.shortcuts import get_object_or_404, render

from actors.models import Event
from digikoord.lib import clock, lists, pages
from digikoord.lib.columns import Column
from digikoord.lib.lifecycle import can

from .. import permissions, selectors
from ..actions import settlements
from ..forms.filters import RepaymentClaimFilter
from ..forms.money import ReceiveForm, WaiveForm
from ..models import RepaymentClaim

COLUMNS = (
    Column(
        "place",
        "Plats",
        value=lambda row: row.tranche.place.name,
        link=lambda row: row.get_absolute_url(),
    ),
    Column("year", "År", value=lambda row: str(row.tranche.year)),
    Column("status", "Läge", "status"),
    Column("holder", "Aktör", value=lambda row: str(row.tranche.holder)),
    Column("amount", "Krav, kr", "money", total=True),
    Column("paid_in", "Inbetalt eller eftergivet, kr", "money", total=True),
    Column("due", "Sista dag", "date"),
    Column("reference", "OCR"),
)


def list_(request, programme):
    programme = selectors.programme_or_404(request.user, programme)
    rows = selectors.claims_of(request.user, programme)
    return lists.listing(
        request,
        template="grants/repayment_claim_list.html",
        name="aterbetalningar",
        columns=COLUMNS,
        rows=rows,
        filters=RepaymentClaimFilter,
        programme=programme,
    )


def _found(request, pk):
    rows = RepaymentClaim.objects.visible_to(request.user).select_related(
        "tranche__year",
        "tranche__place__programme__ministry",
        "tranche__place__programme__disburser",
        "tranche__assignment__holder",
        "tranche__assignment__decision",
    )
    return get_object_or_404(rows, pk=pk)


def detail(request, pk):
    row = _found(request, pk)
    open_ = can(row, "close")
    return render(
        request,
        "grants/repayment_claim_detail.html",
        {
            "claim": row,
            "programme": row.programme,
            "entries": row.entries.select_related("registered_by"),
            "may_receive": open_ & permissions.can_register_repayment(request.user, row),
            "may_waive": open_ & permissions.can_waive(request.user, row),
            "events": Event.objects.about(row.subject().key),
        },
    )


def _act(request, row, verb, verdict, form, initial, act, done):
    return pages.act(
        request,
        verdict=verdict & can(row, "close"),
        template=f"grants/repayment_claim_{verb}.html",
        context={
            "claim": row,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
            "danger": verb == "waive",
        },
        form=form,
        form_kwargs={"initial": initial},
        do=lambda data: act(row, by=request.user, **data),
        done=done,
        to=row.get_absolute_url(),
    )


def receive(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "receive",
        permissions.can_register_repayment(request.user, row),
        ReceiveForm,
        {"amount": row.outstanding, "on": clock.today()},
        settlements.receive,
        "Inbetalningen är registrerad.",
    )


def waive(request, pk):
    row = _found(request, pk)
    return _act(
        request,
        row,
        "waive",
        permissions.can_waive(request.user, row),
        WaiveForm,
        {},
        settlements.waive,
        "Eftergiften är registrerad.",
    )
