"""A requisition that came in on paper."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from actors.request import Request
from digikoord.lib import pages

from .. import permissions
from ..actions import paper_requisitions, requisitions
from ..forms.money import PaperRequisitionForm
from ..models import Tranche


def register(request: Request, pk: int) -> HttpResponse:
    rows = Tranche.objects.visible_to(request.user).select_related(
        "year", "place__programme__ministry", "assignment__holder", "assignment__decision"
    )
    tranche = get_object_or_404(rows, pk=pk)
    room = requisitions.room(tranche)
    return pages.act(
        request,
        verdict=permissions.can_register_requisition(request.user, tranche) & requisitions.is_open(tranche),
        template="grants/requisition_register.html",
        context={
            "tranche": tranche,
            "programme": tranche.programme,
            "room": room,
            "cancel_url": tranche.get_absolute_url(),
        },
        form=PaperRequisitionForm,
        form_kwargs={"initial": {"amount": room}},
        do=partial(paper_requisitions.register, tranche, by=request.user),
        done="Rekvisitionen är registrerad. En annan person ska attestera den.",
        to=lambda made: made.get_absolute_url(),
    )
