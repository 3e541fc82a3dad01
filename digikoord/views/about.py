"""Pages about the service itself, open to everyone."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from digikoord import accessibility as known


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "contact": settings.CONTACT,
        "conforms": known.CONFORMS,
        "failings": known.FAILINGS,
        "untried": known.UNTRIED,
        "judged": known.JUDGED,
    }
    return render(request, "digikoord/accessibility.html", context)


@login_not_required
def personal_data(request: HttpRequest) -> HttpResponse:
    return render(request, "digikoord/personal_data.html")


@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "digikoord/contact.html", {"contact": settings.CONTACT})
