# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import User
from actors.request import Request
from digikoord.lib import lists
from digikoord.lib.buttons import offered
from digikoord.lib.columns import Column
from digikoord.lib.verdict import Verdict
from records.selectors.registrations import registrations_about

from .. import permissions, selectors
from ..actions import settlements
from ..forms.filters import RepaymentClaimFilter
from ..models import ClaimEntry, RepaymentClaim

COLUMNS = (
    Column(
        "place",
        "Plats",
        value=lambda row: row.tranche.place.name,
        link=lambda row: row.get_absolute_url(),
    ),
    Column("year", "År", value=lambda row: str(row.tranche.year)),
    Column("status", "Läge", "status"),
    Column("kind", "Slag", value=lambda row: row.get_kind_display()),
    Column("holder", "Aktör", value=lambda row: str(row.tranche.holder)),
    Column("amount", "Krav, kr", "money", total=True),
    Column("paid_in", "Inbetalt eller eftergivet, kr", "money", total=True),
    Column("left", "Återstår, kr", "money", total=True),
    Column("act_by", "Sista dag", "date", value=lambda row: row.to_pay.day),
    Column("due", "Dag enligt kravet", "date"),
    Column("deferred", "Anstånd", value=lambda row: "Ja" if row.deferred else "Nej"),
    Column("reference", "OCR"),
)


def list_(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    disburser = programme.disburser
    return lists.listing(
        request,
        template="grants/repayment_claim_list.html",
        name="aterbetalningar",
        columns=COLUMNS,
        rows=selectors.claims_of(request.user, programme),
        filters=RepaymentClaimFilter,
        programme=programme,
        account=disburser.payment_accounts.live().first(),
        may_enter=permissions.can_enter_account(request.user, disburser),
    )


def claim_or_404(user: User, pk: int) -> RepaymentClaim:
    rows = RepaymentClaim.objects.visible_to(user).select_related(
        "tranche__year",
        "tranche__place__programme__ministry",
        "tranche__place__programme__disburser",
        "tranche__assignment__holder",
        "tranche__assignment__decision",
        "recovery",
    )
    entries = ClaimEntry.objects.select_related("registered_by", "reversed_by").prefetch_related("credits")
    return get_object_or_404(rows.with_state().prefetch_related(Prefetch("entries", entries)), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row, user = claim_or_404(request.user, pk), request.user
    registers = permissions.can_register_repayment(user, row)
    return render(
        request,
        "grants/repayment_claim_detail.html",
        {
            "claim": row,
            "programme": row.programme,
            "entries": [
                (entry, _may_reverse(user, row, entry), registers and settlements.is_creditable(entry))
                for entry in row.entries.all()
            ],
            "account": row.pay_to,
            "recovery": getattr(row, "recovery", None),
            "may_receive": registers & row.can("close"),
            "may_charge_interest": registers,
            "buttons": offered(
                row,
                (permissions.can_adjust(user, row), "adjust", "grants:repayment_claim_adjust"),
                (permissions.can_defer(user, row), "defer", "grants:repayment_claim_defer"),
            ),
            "may_waive": permissions.can_waive(user, row) & row.can("close"),
            "registrations": registrations_about(user, row),
            "events": selectors.trail_of(row),
        },
    )


def _may_reverse(user: User, claim: RepaymentClaim, entry: ClaimEntry) -> bool | Verdict:
    """Whether this person may meet the entry with a counter-entry, and there is none."""
    entry.claim = claim
    met = entry.reverses_id or getattr(entry, "reversed_by", None)
    return not met and permissions.can_reverse(user, entry)
