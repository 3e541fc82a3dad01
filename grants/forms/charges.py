from collections.abc import Sequence
from typing import Any, cast

from django import forms

from digikoord.lib.fields import ReasonField, TidyField
from digikoord.lib.papers import PaperField


class ChargeForm(forms.Form):
    """Which appropriation and budget year, and the paper that says so."""

    budget_year = forms.TypedChoiceField(label="Budgetår", coerce=int, widget=forms.RadioSelect)
    appropriation = TidyField(
        label="Anslag", max_length=200, help_text="Som det står i regleringsbrevet, med anslagspost."
    )
    paper = PaperField(
        label="Underlaget", help_text="Beslutet eller regleringsbrevet. PDF, PNG eller JPEG, högst 10 MB."
    )
    reason = ReasonField()

    field_order = ("budget_year", "appropriation", "paper", "reason")

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        cast("forms.TypedChoiceField", self.fields["budget_year"]).choices = [
            (year, str(year)) for year in years
        ]
        self.fields["budget_year"].initial = years[0] if years else None
