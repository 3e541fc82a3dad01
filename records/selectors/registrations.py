"""The register of a programme's documents, as far as the person may read it."""

from django.urls import reverse

from ..models import Registration


def registered(user):
    """Everything registered that the person may read, without the papers' contents."""
    rows = Registration.objects.visible_to(user).distinct().order_by("-number")
    return rows.select_related("programme", "document").defer("document__content", "body")


def registrations_of(user, programme):
    return registered(user).filter(programme=programme)


def registrations_of_place(user, place, most):
    """The latest documents of a place, and the register's address with the rest."""
    rows = registrations_of(user, place.programme).filter(place=place.code)
    return list(rows[:most]), f"{registrations_url(place.programme)}?place={place.code}"


def registrations_about(user, *rows):
    """The registered documents of these rows, oldest first."""
    found = registrations_of(user, rows[0].programme).filter(key__in=[row.subject().key for row in rows])
    return list(found.order_by("number"))


def registrations_url(programme):
    return reverse("overview:registration_list", args=[programme.code])
