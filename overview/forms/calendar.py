from collections.abc import Iterable
from typing import Any, cast

from django import forms


class CalendarFilterForm(forms.Form):
    """`kinds` and `counties` are (value, label) of what there is to choose among."""

    slag = forms.ChoiceField(label="Slag", required=False)
    lan = forms.ChoiceField(label="Plats", required=False)
    stangda = forms.BooleanField(label="Visa även avslutade", required=False)

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        kinds: Iterable[tuple[str, str]],
        counties: Iterable[tuple[str, str]],
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["slag"]).choices = [("", "Alla"), *kinds]
        cast("forms.ChoiceField", self.fields["lan"]).choices = [("", "Alla"), *counties]
