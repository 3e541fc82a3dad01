"""The forms of amounts: preparing, requisitioning, accounts."""

from typing import Any

from django import forms

from digikoord.lib.fields import ChooseForm, DayField, MoneyField, ReasonField, TidyField, TrueDayForm
from digikoord.lib.money import ORE
from digikoord.lib.papers import PaperField

from ..models import Evidence, Giro
from .giro import checked_number

CODES = (
    ("", "Annan orsak"),
    ("AC01", "AC01 – kontonumret är fel (kontot spärras)"),
    ("AC04", "AC04 – kontot är avslutat (kontot spärras)"),
)


class PrepareForm(TrueDayForm):
    amount = MoneyField(label="Belopp, kr", min_value=ORE)
    field_order = ("amount", "on")


class RequisitionForm(forms.Form):
    amount = MoneyField(label="Belopp, kr", min_value=ORE)
    reference = TidyField(label="Er referens", required=False, max_length=60)


class PaperRequisitionForm(RequisitionForm):
    received_on = DayField(label="Inkom den")
    signed_by = TidyField(label="Undertecknad av", max_length=120, help_text="Namnet på papperet.")
    paper = PaperField(label="Rekvisitionen, inskannad", help_text="PDF, PNG eller JPEG, högst 10 MB.")


class DecideManyForm(TrueDayForm, ChooseForm):
    """One day for all that are chosen."""


class CloseManyForm(ChooseForm):
    """One reason for all that is closed."""

    reason = ReasonField()


class AccountForm(forms.Form):
    giro = forms.ChoiceField(label="Slag", choices=Giro.choices, widget=forms.RadioSelect)
    number = TidyField(
        label="Nummer", max_length=12, help_text="Med eller utan bindestreck, till exempel 5052-5781."
    )

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        if data.get("giro") and data.get("number"):
            try:
                data["number"] = checked_number(Giro(data["giro"]), data["number"])
            except forms.ValidationError as error:
                self.add_error("number", error)
        return data


class EvidenceForm(forms.Form):
    evidence_kind = forms.ChoiceField(label="Underlag", choices=Evidence.choices, widget=forms.RadioSelect)
    paper = PaperField(
        label="Bankens intyg",
        required=False,
        help_text="Bifogas när underlaget är ett intyg. PDF, PNG eller JPEG.",
    )
    evidence = TidyField(
        label="Hur uppgiften kontrollerats",
        max_length=200,
        help_text="Till exempel: sökt i Bankgirots register den 3 mars, aktörens namn och nummer stämmer.",
    )

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        wanted = data.get("evidence_kind") == Evidence.STATEMENT
        if wanted and not data.get("paper") and "paper" not in self.errors:
            self.add_error("paper", "Bifoga bankens intyg.")
        if data.get("paper") and data.get("evidence_kind") == Evidence.REGISTER:
            self.add_error("paper", "Bifoga en fil bara när underlaget är bankens intyg.")
        return data


class ConfirmForm(forms.Form):
    value_date = DayField(label="Valutadag")
    evidence = TidyField(label="Underlag", max_length=200, help_text="Till exempel: kontoutdrag nr 12.")


class FailForm(forms.Form):
    """By hand; from the bank's file the code comes with the reason."""

    reason = ReasonField()
    code = forms.ChoiceField(label="Bankens kod", choices=CODES, required=False)


class ReturnForm(FailForm):
    on = DayField(label="Kom tillbaka den")
    evidence = TidyField(label="Underlag", max_length=200, help_text="Till exempel: kontoutdrag nr 12.")
    field_order = ("on", "code", "reason", "evidence")


class ConfirmManyForm(ConfirmForm, ChooseForm):
    """One value date and one piece of evidence for the chosen payments."""
