from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from digikoord.lib import clock, pages

from ..models import Notice


@require_GET
def list_(request):
    rows = Notice.objects.filter(recipient=request.user)
    return render(request, "actors/notices.html", {"page": pages.paginate(request, rows)})


@require_POST
def read(request):
    """Mark everything as read."""
    Notice.objects.filter(recipient=request.user, read_at__isnull=True).update(read_at=clock.now())
    return redirect("actors:notices")
