from typing import Any

from django import forms

from digikoord.lib.fields import ChooseForm, DayField, ReasonField, TidyField
from digikoord.lib.papers import PaperField

from ..models import Answer


class AnswerForm(forms.Form):
    """The text that was read, by its SHA-256: the answer is to that text and no other."""

    text_sha256 = TidyField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(
        label="Jag har läst erbjudandet och svarar som behörig företrädare.",
        error_messages={"required": "Intyga att du läst erbjudandet och är behörig att svara."},
    )

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        data.pop("read", None)
        return data


class DeclineForm(AnswerForm):
    reason = ReasonField(required=False)


class AnswerDayForm(forms.Form):
    answer_due = DayField(label="Sista svarsdag")


class ReopenForm(AnswerDayForm):
    reason = ReasonField()


class PaperAnswerForm(forms.Form):
    """An answer that came on paper: what it says, who signed it, and the scan."""

    answer = forms.ChoiceField(
        label="Svaret",
        choices=[(row.value, f"Aktören {row.label}") for row in Answer],
        widget=forms.RadioSelect,
    )
    answered_on = DayField(
        label="Svarets dag", help_text="Dagen då svaret lämnades, inte då det registreras."
    )
    name = TidyField(label="Vem som skrivit under, namn", max_length=120)
    title = TidyField(label="Titel", max_length=120)
    second_name = TidyField(label="Den andra som skrivit under, namn", max_length=120, required=False)
    second_title = TidyField(label="Den andras titel", max_length=120, required=False)
    paper = PaperField(label="Inskannat svar", help_text="PDF, PNG eller JPEG, högst 10 MB.")
    reason = ReasonField(label="Skäl som aktören angett", required=False)

    def __init__(self, *args: Any, jointly: bool, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        for name in ("second_name", "second_title"):
            if jointly:
                self.fields[name].required = True
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        people = [("name", "title"), ("second_name", "second_title")]
        signers = [(data.pop(name, ""), data.pop(title, "")) for name, title in people]
        return {**data, "signers": [signer for signer in signers if signer[0]]}


class RemindManyForm(ChooseForm):
    """Whom to remind: the offers whose letters were shown."""
