from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import models

from actors.models import Actor
from digikoord.lib.fields import DayField, MoneyField, ReasonField, TidyField
from digikoord.lib.papers import PaperField, Type
from programmes.models import Programme

from ..models import GovernmentDecision, Part, Place, ProgrammeYear
from ..models.amendment import Day


class DecisionForm(forms.Form):
    """A later decision by the government, as it stands on paper."""

    title = TidyField(label="Rubrik", max_length=200)
    decided_on = DayField(label="Beslutsdag")
    case_number = TidyField(
        label="Diarienummer", required=False, max_length=40, help_text="Lämna tomt om det inte är känt än."
    )
    amends: forms.ModelChoiceField[GovernmentDecision] = forms.ModelChoiceField(
        label="Ändrar beslutet", queryset=None, required=False, empty_label="Inget tidigare beslut"
    )
    text = TidyField(label="Beslutets text", widget=forms.Textarea(attrs={"rows": 10}))
    answer_due = DayField(
        label="Sista svarsdag för nya erbjudanden",
        required=False,
        help_text="Lämna tomt om ingen dag har bestämts.",
    )
    paper = PaperField(
        label="Beslutet som fil",
        types=(Type.PDF,),
        required=False,
        help_text="PDF, högst 10 MB.",
    )

    def __init__(
        self,
        *args: Any,  # what a form takes
        decisions: models.QuerySet[GovernmentDecision],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[GovernmentDecision]", self.fields["amends"]).queryset = decisions


class DiscardForm(forms.Form):
    reason = ReasonField(label="Varför beslutet inte expedieras")


def _told(obj: Actor) -> str:
    return f"{obj.legal_name} {obj.org_nr}".strip()


class OfferForm(forms.Form):
    """A place that nobody holds, and who gets it."""

    place: forms.ModelChoiceField[Place] = forms.ModelChoiceField(label="Plats", queryset=None)
    actor = forms.ModelChoiceField(label="Aktör", queryset=Actor.objects.order_by("display_name"))
    starts = DayField(label="Från")
    ends = DayField(label="Till")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Place]", self.fields["place"]).queryset = Place.objects.filter(
            programme=programme
        ).without_holder()
        actors = cast("forms.ModelChoiceField[Actor]", self.fields["actor"])
        actors.label_from_instance = _told  # type: ignore[method-assign]  # as Django's own documentation does


class CeilingForm(forms.Form):
    """A year's new ceiling: for every actor, for the secretariat, or for one place."""

    year: forms.ModelChoiceField[ProgrammeYear] = forms.ModelChoiceField(label="År", queryset=None)
    whom = forms.ChoiceField(label="För vem")
    amount = MoneyField(label="Nytt högsta belopp, kr")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        cast(
            "forms.ModelChoiceField[ProgrammeYear]", self.fields["year"]
        ).queryset = programme.years.order_by("year")
        self.places = {str(row.pk): row for row in programme.places.order_by("part", "code")}
        cast("forms.ChoiceField", self.fields["whom"]).choices = [
            (Part.RECIPIENT, "Varje aktör"),
            *([(Part.SECRETARIAT, "Det nationella sekretariatet")] if programme.secretariat_id else []),
            ("En plats", [(key, str(row)) for key, row in self.places.items()]),
        ]

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        whom = data.pop("whom", "")
        return {**data, "part": whom if whom in Part.values else "", "place": self.places.get(whom)}


class DayForm(forms.Form):
    """A day that the decision moves."""

    field = forms.ChoiceField(label="Vilken dag", choices=Day)
    year: forms.ModelChoiceField[ProgrammeYear] = forms.ModelChoiceField(
        label="År", queryset=None, required=False, help_text="Behövs inte för erbjudandenas svarsdag."
    )
    day = DayField(label="Ny dag")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        cast(
            "forms.ModelChoiceField[ProgrammeYear]", self.fields["year"]
        ).queryset = programme.years.order_by("year")


class NumberForm(forms.Form):
    case_number = TidyField(
        label="Diarienummer", max_length=40, help_text="Till exempel N2018/04129/D eller I2021/00794."
    )
