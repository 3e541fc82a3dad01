from django import forms

from digikoord.lib.fields import DayField, ReasonField


class RevokeForm(forms.Form):
    heard_on = DayField(
        label="Aktören hördes",
        help_text="Den som ett beslut går emot ska ha fått yttra sig (25 § förvaltningslagen).",
    )
    reason = ReasonField(label="Skäl för beslutet")
