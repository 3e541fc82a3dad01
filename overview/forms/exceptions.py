from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from ..selectors.exceptions import KINDS

if TYPE_CHECKING:
    from programmes.models import Programme


class ExceptionFilterForm(forms.Form):
    """Which kind and which programme year; a choice that does not exist is shown with its fault."""

    slag = forms.ChoiceField(
        label="Slag",
        required=False,
        choices=[("", "Alla"), *((key, row.label) for key, row in KINDS.items())],
    )
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        years = [(row.year, str(row.year)) for row in programme.years.all()]
        cast("forms.ChoiceField", self.fields["ar"]).choices = [("", "Alla"), *years]
