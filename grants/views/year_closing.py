"""What was never requisitioned of a year is closed, as one previewed act."""

# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from django.http import HttpResponse

from actors.request import Request
from digikoord.lib import pages

from .. import permissions, selectors
from ..actions import tranches
from ..forms.money import CloseManyForm
from ..models import Tranche
from ..selectors.choices import closable, close_choice


def close_many(request: Request, programme: str, year: int) -> HttpResponse:
    year = selectors.year_or_404(request.user, programme, year)
    rows = selectors.tranches_of_year(request.user, year)
    chosen, left_out = closable(request.user, rows, permissions.can_close)
    return pages.act(
        request,
        verdict=permissions.can_close(request.user, year.programme) & tranches.requisition_time_is_over(year),
        template="grants/tranche_close_many.html",
        context={
            "year": year,
            "programme": year.programme,
            "rows": [close_choice(row) for row in chosen],
            "excluded": left_out,
            "decisions": year.programme.decisions.filter(status="dispatched").order_by("decided_on", "pk"),
            "cancel_url": year.get_absolute_url(),
            "danger": True,
        },
        form=CloseManyForm,
        form_kwargs={"rows": Tranche.objects.filter(pk__in=[row.pk for row in chosen])},
        do=lambda **data: tranches.close_many(data["rows"], by=request.user, reason=data["reason"]),
        done=lambda made: f"{len(made)} årsbelopp är stängda.",
        to=year.get_absolute_url(),
    )
