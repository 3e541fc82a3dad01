from django.shortcuts import get_object_or_404

from digikoord.lib import clock, pages

from .. import permissions
from ..actions import endings
from ..forms.endings import RevokeForm
from ..models import Assignment


def _act(request, pk, move, act, form, done, **context):
    rows = Assignment.objects.visible_to(request.user).select_related(
        "place__programme__ministry", "holder", "decision"
    )
    row = get_object_or_404(rows, pk=pk)
    return pages.act(
        request,
        verdict=permissions.can_end(request.user, row) & row.can(move),
        template=f"grants/assignment_{move}.html",
        context={
            "assignment": row,
            "programme": row.programme,
            "tranches": row.tranches.with_money().select_related("year").order_by("year__year"),
            "hindrances": endings.hindrances(row),
            "cancel_url": row.get_absolute_url(),
            **context,
        },
        form=form,
        form_kwargs={"initial": {"heard_on": clock.today()}} if form else None,
        do=lambda data: act(row, by=request.user, **data),
        done=done,
        to=row.get_absolute_url(),
    )


def revoke(request, pk):
    return _act(request, pk, "revoke", endings.revoke, RevokeForm, "Uppdraget är upphävt.", danger=True)


def conclude(request, pk):
    return _act(request, pk, "conclude", endings.conclude, None, "Uppdraget är avslutat.")
