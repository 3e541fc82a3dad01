"""The compilation's texts, and what its acts ask for."""

from django import forms

from digikoord.lib.fields import ReasonField

LONGEST = 50_000  # characters


def text(label):
    widget = forms.Textarea(attrs={"rows": 14})
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=widget,
        help_text="En tom rad gör ett nytt stycke.",
    )


class WriteForm(forms.Form):
    introduction = text("Inledning till sammanfattningen")
    conclusions = text("Slutsatser")


class BeginForm(forms.Form):
    """A first version needs no reason; a later one says why."""

    reason = ReasonField(label="Varför sammanställningen rättas")

    def __init__(self, *args, first, **kwargs):
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]


class EstablishForm(forms.Form):
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class DeliverForm(forms.Form):
    case_number = forms.CharField(label="Diarienummer", max_length=40, required=False)
