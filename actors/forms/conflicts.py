from django import forms

from digikoord.lib.fields import ReasonField

from ..models import Actor


class DeclareForm(forms.Form):
    """`people` are those the person may register a conflict for; oneself first."""

    person = forms.ModelChoiceField(queryset=None, label="Vem", empty_label=None)
    actor = forms.ModelChoiceField(
        queryset=Actor.objects.order_by("display_name"), label="Aktör", empty_label="Välj aktör"
    )
    reason = ReasonField(
        help_text="Kort: vilken anknytning det gäller. Skälet läses av alla som är behöriga hos parten."
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class LiftForm(forms.Form):
    lift_reason = ReasonField(label="Varför jävet hävs")


class UpholdForm(forms.Form):
    uphold_reason = ReasonField(label="Varför jävet står kvar")
