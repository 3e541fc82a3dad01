"""Pages about the service itself, open to everyone."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def accessibility(request):
    return render(request, "digikoord/accessibility.html")


@login_not_required
def personal_data(request):
    return render(request, "digikoord/personal_data.html")


@login_not_required
def contact(request):
    return render(request, "digikoord/contact.html")
