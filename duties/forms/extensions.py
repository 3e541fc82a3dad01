from typing import Any

from django import forms

from digikoord.lib.fields import DayField, LegalBasisField, ReasonField


class AskForm(forms.Form):
    wanted = DayField(label="Önskad sista dag")
    reason = ReasonField(
        help_text="Varför dagen inte går att hålla. Läses av den som avgör och står i händelserna."
    )


class GrantForm(forms.Form):
    """`by_law`: a repayment is deferred on a stated legal basis."""

    due = DayField(label="Ny sista dag")
    legal_basis = LegalBasisField()
    reason = ReasonField(label="Skäl för beslutet")

    def __init__(self, *args: Any, by_law: bool, **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        if not by_law:
            del self.fields["legal_basis"]
