import django_filters
from django import forms

from ..models import BankFileLine, Outcome
from ..models.bank_line import BankFileLineQuerySet


class WaitingLineFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    outcome = django_filters.ChoiceFilter(
        choices=[(one.value, one.label) for one in (Outcome.PROPOSED, Outcome.SURPLUS)],
        label="Läge",
        empty_label="Alla",
    )
    credit = django_filters.BooleanFilter(
        label="Riktning",
        widget=forms.Select(choices=[("", "Alla"), ("true", "Pengar in"), ("false", "Pengar ut")]),
    )
    sought = django_filters.CharFilter(label="OCR, belopp eller motpart", method="by_words")

    class Meta:
        model = BankFileLine
        fields = ()

    def by_words(self, rows: BankFileLineQuerySet, name: str, value: str) -> BankFileLineQuerySet:
        return rows.search(value)
