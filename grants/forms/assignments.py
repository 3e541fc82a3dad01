from django import forms

from digikoord.lib.fields import DayField, ReasonField


class AnswerForm(forms.Form):
    """The text that was read, by its SHA-256: the answer is to that text and no other."""

    text_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    read = forms.BooleanField(
        label="Jag har läst erbjudandet och svarar som behörig företrädare.",
        error_messages={"required": "Intyga att du läst erbjudandet och är behörig att svara."},
    )

    def clean(self):
        data = super().clean()
        data.pop("read", None)
        return data


class DeclineForm(AnswerForm):
    reason = ReasonField(required=False)


class AnswerDayForm(forms.Form):
    answer_due = DayField(label="Sista svarsdag")


class ReopenForm(AnswerDayForm):
    reason = ReasonField()
