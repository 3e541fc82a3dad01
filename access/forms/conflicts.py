from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from actors.models import Actor, User
from actors.steps import Ground
from digikoord.lib.fields import ReasonField

from ..selectors import Matter


class DeclareForm(forms.Form):
    """`people` are those the person may register a conflict for; oneself first."""

    person: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        queryset=None, label="Vem", empty_label=None
    )
    actor = forms.ModelChoiceField(
        queryset=Actor.objects.order_by("display_name"), label="Aktör", empty_label="Välj aktör"
    )
    reason = ReasonField(
        help_text="Kort: vilken anknytning det gäller. Skälet läses av alla som är behöriga hos parten."
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people


class LiftForm(forms.Form):
    lift_reason = ReasonField(label="Varför jävet hävs")


class UpholdForm(forms.Form):
    uphold_reason = ReasonField(label="Varför jävet står kvar")


class LiftStepForm(forms.Form):
    """`matters` are those that it can be lifted in; cleans to the Matter itself."""

    matter = forms.ChoiceField(
        label="Steget", help_text="Ett steg i ett ärende. När det är taget gäller jävet igen."
    )
    ground = forms.ChoiceField(label="Grund i förvaltningslagen", choices=Ground, widget=forms.RadioSelect)
    reason = ReasonField(label="Skäl", help_text="Varför grunden är uppfylld just här.")

    def __init__(self, *args: Any, matters: Sequence[Matter], **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        self.matters = {row.code: row for row in matters}
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in matters:
            groups.setdefault(row.step.title, []).append((row.code, row.label[:1].upper() + row.label[1:]))
        cast(forms.ChoiceField, self.fields["matter"]).choices = [("", "Välj steg"), *groups.items()]

    def clean_matter(self) -> Matter:
        return self.matters[self.cleaned_data["matter"]]
