"""The filters of the money's lists: which year, and how far it has come."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, cast

import django_filters
from django import forms
from django.db import models
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import ResolverMatch

from digikoord.lib import calendar, clock

from ..lifecycle import payment, repayment_claim, requisition
from ..models import Assignment, ClaimKind, ProgrammeYear, RepaymentClaim
from ..selectors import answers

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class State(TypedDict):
        """What `with_state` adds, and is filtered by."""

        left: Decimal | int


def years(request: HttpRequest) -> QuerySet[ProgrammeYear]:
    """The years of the programme in the page's address."""
    code = cast("ResolverMatch", request.resolver_match).kwargs["programme"]
    return ProgrammeYear.objects.filter(programme__code=code).order_by("year")


def of_year(path: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=path, queryset=years, label="År", to_field_name="year", empty_label="Alla år"
    )


def of_status(statuses: type[models.TextChoices]) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        field_name="status", choices=statuses.choices, label="Läge", empty_label="Alla"
    )


class RequisitionFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    year = of_year("tranche__year")
    status = of_status(requisition.Status)


class PaymentFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    year = of_year("requisition__tranche__year")
    status = of_status(payment.Status)


OUTSTANDING = (
    ("whole", "Hela kravet"),
    ("part", "En del av kravet"),
    ("late", "Efter sista dagen"),
    ("nothing", "Inget"),
)


class RepaymentClaimFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """`outstanding` is a sum, so it is no field: the rows carry it (`with_state`)."""

    year = of_year("tranche__year")
    status = of_status(repayment_claim.Status)
    kind = django_filters.ChoiceFilter(choices=ClaimKind.choices, label="Slag", empty_label="Alla")
    deferred = django_filters.BooleanFilter(
        label="Anstånd", widget=forms.Select(choices=[("", "Alla"), ("true", "Med"), ("false", "Utan")])
    )
    outstanding = django_filters.ChoiceFilter(
        choices=OUTSTANDING, label="Återstår", empty_label="Alla", method="by_outstanding"
    )

    def by_outstanding(
        self, rows: models.QuerySet[WithAnnotations[RepaymentClaim, State]], name: str, value: str
    ) -> models.QuerySet[WithAnnotations[RepaymentClaim, State]]:
        match value:
            case "whole":
                return rows.filter(left__gt=0, left=F("amount"))
            case "part":
                return rows.filter(left__gt=0).exclude(left=F("amount"))
            case "late":
                yesterday = clock.today() - datetime.timedelta(days=1)
                first = rows.select_related("tranche__place__programme").first()
                # Days after the last working day before today are moved to today, or later
                moves = first and first.to_pay.ground
                last = calendar.last_working_day(yesterday) if moves else yesterday
                return rows.filter(left__gt=0, due__lte=last)
        return rows.filter(left=0)


class AnswerFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By where the answer stands, which is no field: late is counted from the day."""

    answer = django_filters.ChoiceFilter(
        choices=answers.GROUPS, label="Svar", empty_label="Alla", method="of_group"
    )

    def of_group(
        self, rows: models.QuerySet[Assignment], name: str, value: str
    ) -> models.QuerySet[Assignment]:
        return rows.filter(pk__in=[row.pk for row in rows if answers.group_of(row) == value])
