from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from digikoord.lib import clock, pages

from .. import selectors
from ..models import Notice


@require_GET
def home(request):
    """ "Att göra": what I owe, by date; then what waits for others."""
    return render(
        request,
        "actors/todo.html",
        {"todo": selectors.todo(request.user), "today": clock.today()},
    )


@require_GET
def notices(request):
    rows = Notice.objects.filter(recipient=request.user)
    return render(request, "actors/notices.html", {"page": pages.paginate(request, rows)})


@require_POST
def read_notices(request):
    """Mark everything shown as read."""
    Notice.objects.filter(recipient=request.user, read_at__isnull=True).update(read_at=clock.now())
    return redirect("actors:notices")
