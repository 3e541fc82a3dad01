"""The forms of amounts: preparing, requisitioning, accounts."""

from django import forms

from digikoord.lib.fields import ChooseForm, DayField, MoneyField
from digikoord.lib.money import ORE

from ..models import Giro
from .giro import checked_number


class PrepareForm(forms.Form):
    amount = MoneyField(label="Belopp, kr", min_value=ORE)


class RequisitionForm(forms.Form):
    amount = MoneyField(label="Belopp, kr", min_value=ORE)
    reference = forms.CharField(label="Er referens", required=False, max_length=60)


class AccountForm(forms.Form):
    giro = forms.ChoiceField(label="Slag", choices=Giro.choices, widget=forms.RadioSelect)
    number = forms.CharField(
        label="Nummer", max_length=12, help_text="Med eller utan bindestreck, till exempel 5052-5781."
    )

    def clean(self):
        data = super().clean()
        if data.get("giro") and data.get("number"):
            try:
                data["number"] = checked_number(Giro(data["giro"]), data["number"])
            except forms.ValidationError as error:
                self.add_error("number", error)
        return data


class EvidenceForm(forms.Form):
    evidence = forms.CharField(
        label="Hur uppgiften kontrollerats",
        max_length=200,
        help_text="Till exempel: Bankgirots register, eller bankens intyg.",
    )


class ConfirmForm(forms.Form):
    value_date = DayField(label="Valutadag")
    evidence = forms.CharField(label="Underlag", max_length=200, help_text="Till exempel: kontoutdrag nr 12.")


class ConfirmManyForm(ConfirmForm, ChooseForm):
    """One value date and one piece of evidence for the chosen payments."""
