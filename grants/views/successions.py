from actors.models import Succession
from digikoord.lib import clock, pages

from .. import permissions, selectors
from ..actions import successions
from ..forms.successions import RegisterManyForm


def register_many(request, programme):
    programme = selectors.programme_or_404(request.user, programme)
    plans = successions.plans(programme)
    possible = [row for row in plans if row.possible]
    return pages.act(
        request,
        verdict=permissions.can_register_successions(request.user, programme),
        template="grants/succession_register_many.html",
        context={
            "programme": programme,
            "plans": possible,
            "rows": [selectors.succession_choice(row) for row in possible],
            "excluded": [
                selectors.Excluded(str(row.succession), row.possible.reason)
                for row in plans
                if not row.possible
            ],
            "cancel_url": selectors.decisions_url(programme),
        },
        form=RegisterManyForm,
        form_kwargs={
            "rows": Succession.objects.filter(pk__in=[row.succession.pk for row in possible]),
            "initial": {"decided_on": clock.today()},
        },
        do=lambda data: successions.register_many(
            programme, by=request.user, successions=data.pop("rows"), **data
        ),
        done=lambda made: f"{len(made)} övergångar är registrerade och efterträdarna har fått erbjudanden.",
        to=selectors.decisions_url(programme),
    )
