from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.verdict import ALLOWED

from ..actions import notices
from ..forms.notices import ChoiceForm


@require_GET
def list_(request: Request) -> HttpResponse:
    rows = request.user.notices.select_related("obligation", "letter")
    return render(request, "duties/notices.html", {"page": pages.paginate(request, rows)})


@require_POST
def read(request: Request) -> HttpResponse:
    """Mark everything as read."""
    notices.read_all(request.user)
    return redirect("duties:notices")


@require_POST
def open_(request: Request, pk: int) -> HttpResponse:
    """Go to what the notice is about; it has been read."""
    row = get_object_or_404(request.user.notices, pk=pk)
    notices.read(row)
    return redirect(row.url)


def choose(request: Request) -> HttpResponse:
    """What comes by letter, and what is read in the app only."""
    chosen = list(request.user.app_only.values_list("kind", flat=True))
    return pages.act(
        request,
        verdict=ALLOWED,
        template="duties/notice_choose.html",
        context={"cancel_url": reverse("duties:notices")},
        form=ChoiceForm,
        form_kwargs={"initial": {"app_only": chosen}},
        do=partial(notices.choose, request.user),
        done="Dina val är sparade och gäller från nästa brev.",
        to=reverse("duties:notices"),
    )
