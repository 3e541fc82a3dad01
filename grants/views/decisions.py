from django.shortcuts import get_object_or_404, render

from actors.models import Event
from digikoord.lib import pages
from digikoord.lib.buttons import offered

from .. import permissions, selectors
from ..actions import decisions
from ..models import GovernmentDecision


def list_(request, programme):
    programme = selectors.programme_or_404(request.user, programme)
    rows = GovernmentDecision.objects.visible_to(request.user).filter(programme=programme)
    return render(
        request,
        "grants/decision_list.html",
        {
            "programme": programme,
            "decisions": rows.distinct().order_by("decided_on", "pk"),
            "years": programme.years.order_by("year"),
            "may_register_successions": selectors.planned_successions(programme)
            and permissions.can_register_successions(request.user, programme),
        },
    )


def _found(request, pk):
    rows = GovernmentDecision.objects.visible_to(request.user).distinct()
    return get_object_or_404(rows.select_related("programme__ministry", "amends", "dispatched_by"), pk=pk)


def detail(request, pk):
    decision = _found(request, pk)
    assignments = decision.assignments.select_related("place__programme", "holder")
    return render(
        request,
        "grants/decision_detail.html",
        {
            "decision": decision,
            "programme": decision.programme,
            "assignments": assignments.visible_to(request.user).order_by("place__part", "place__code"),
            "buttons": offered(
                decision,
                (
                    permissions.can_dispatch(request.user, decision),
                    "dispatch",
                    "grants:decision_dispatch",
                ),
            ),
            "events": Event.objects.about(decision.subject().key),
        },
    )


def dispatch(request, pk):
    decision = _found(request, pk)
    assignments = decision.assignments.select_related("place", "holder").order_by(
        "place__part", "place__code"
    )
    return pages.act(
        request,
        verdict=permissions.can_dispatch(request.user, decision) & decision.can("dispatch"),
        template="grants/decision_dispatch.html",
        context={
            "decision": decision,
            "programme": decision.programme,
            "assignments": assignments,
            "cancel_url": decision.get_absolute_url(),
        },
        do=lambda data: decisions.dispatch(decision, by=request.user),
        done="Beslutet är expedierat.",
        to=decision.get_absolute_url(),
    )
