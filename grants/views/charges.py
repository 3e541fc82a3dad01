"""What an ended year's money is charged to: one act's page."""

from functools import partial

from django.http import HttpResponse

from actors.request import Request
from digikoord.lib import pages

from .. import charging, permissions
from ..actions import charges
from ..forms.charges import ChargeForm
from .tranches import tranche_or_404


def decide(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permissions.can_charge(request.user, row) & charging.is_chargeable(row),
        template="grants/tranche_charge.html",
        context={
            "tranche": row,
            "programme": row.programme,
            "balance": row.balance,
            "cancel_url": row.get_absolute_url(),
        },
        form=ChargeForm,
        form_kwargs={
            "years": charging.chargeable_years(row),
            "initial": {"appropriation": row.programme.definition.programme.appropriation},
        },
        do=partial(charges.decide, row, by=request.user),
        done=lambda made: f"Medlen för {row.year} belastar {made}.",
        to=row.get_absolute_url(),
    )
