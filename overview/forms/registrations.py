"""The filter of the register of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from grants.models import Place
from records.models import Direction

if TYPE_CHECKING:
    from django.urls import ResolverMatch

    from records.models import Registration


def places(request: HttpRequest) -> QuerySet[Place]:
    """The places of the programme in the page's address."""
    code = cast("ResolverMatch", request.resolver_match).kwargs["programme"]
    return Place.objects.filter(programme__code=code).order_by("part", "code")


class RegistrationFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter says nothing of its types
    text = django_filters.CharFilter(label="Sök", method="with_words", max_length=100)
    direction = django_filters.ChoiceFilter(choices=Direction.choices, label="Riktning", empty_label="Alla")
    place = django_filters.ModelChoiceFilter(
        queryset=places, label="Plats", to_field_name="code", empty_label="Alla platser", method="of_place"
    )
    since = django_filters.DateFilter(
        field_name="on",
        lookup_expr="gte",
        label="Från och med",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def with_words(self, rows: QuerySet[Registration], name: str, value: str) -> QuerySet[Registration]:
        """Every word somewhere: in the number, title, party, matter or case number."""
        for word in value.split():
            found = Q(title__icontains=word) | Q(party_name__icontains=word) | Q(label__icontains=word)
            found |= Q(case_number__icontains=word)
            rows = rows.filter(found | Q(number=word) if word.isdecimal() and len(word) < 9 else found)
        return rows

    def of_place(self, rows: QuerySet[Registration], name: str, value: Place) -> QuerySet[Registration]:
        return rows.filter(place=value.code)
