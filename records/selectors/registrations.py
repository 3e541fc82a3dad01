"""The register of a programme's documents, as far as the person may read it."""

from typing import Protocol

from django.db.models import QuerySet
from django.urls import reverse

from actors.models import User
from programmes.models import Matter, Programme

from ..models import Registration


class Place(Protocol):
    """A place of a programme, by its code."""

    code: str

    @property
    def programme(self) -> Programme: ...


def registered(user: User) -> QuerySet[Registration]:
    """Everything registered that the person may read, without the papers' contents."""
    rows = Registration.objects.visible_to(user).distinct().order_by("-number")
    return rows.select_related("programme", "document").defer("document__content", "body")


def registrations_of(user: User, programme: Programme) -> QuerySet[Registration]:
    return registered(user).filter(programme=programme)


def registrations_of_place(user: User, place: Place, most: int) -> tuple[list[Registration], str]:
    """The latest documents of a place, and the register's address with the rest."""
    rows = registrations_of(user, place.programme).filter(place=place.code)
    return list(rows[:most]), f"{registrations_url(place.programme)}?place={place.code}"


def registrations_about(user: User, *rows: Matter) -> list[Registration]:
    """The registered documents of these rows, oldest first."""
    found = registrations_of(user, rows[0].programme).filter(key__in=[row.subject().key for row in rows])
    return list(found.order_by("number"))


def registrations_url(programme: Programme) -> str:
    return reverse("overview:registration_list", args=[programme.code])
