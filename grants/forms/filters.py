"""The filters of the money's lists: which year, and how far it has come."""

import django_filters
from django import forms

from ..lifecycle import payment, repayment_claim, requisition
from ..models import ClaimKind, ProgrammeYear
from ..selectors import answers


def years(request):
    """The years of the programme in the page's address."""
    code = request.resolver_match.kwargs["programme"]
    return ProgrammeYear.objects.filter(programme__code=code).order_by("year")


def of_year(path):
    return django_filters.ModelChoiceFilter(
        field_name=path, queryset=years, label="År", to_field_name="year", empty_label="Alla år"
    )


def of_status(statuses):
    return django_filters.ChoiceFilter(
        field_name="status", choices=statuses.choices, label="Läge", empty_label="Alla"
    )


class RequisitionFilter(django_filters.FilterSet):
    year = of_year("tranche__year")
    status = of_status(requisition.Status)


class PaymentFilter(django_filters.FilterSet):
    year = of_year("requisition__tranche__year")
    status = of_status(payment.Status)


class RepaymentClaimFilter(django_filters.FilterSet):
    year = of_year("tranche__year")
    status = of_status(repayment_claim.Status)
    kind = django_filters.ChoiceFilter(choices=ClaimKind.choices, label="Slag", empty_label="Alla")
    deferred = django_filters.BooleanFilter(
        label="Anstånd", widget=forms.Select(choices=[("", "Alla"), ("true", "Med"), ("false", "Utan")])
    )


class AnswerFilter(django_filters.FilterSet):
    """By where the answer stands, which is no field: late is counted from the day."""

    answer = django_filters.ChoiceFilter(
        choices=answers.GROUPS, label="Svar", empty_label="Alla", method="of_group"
    )

    def of_group(self, rows, name, value):
        return rows.filter(pk__in=[row.pk for row in rows if answers.group_of(row) == value])
