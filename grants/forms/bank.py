"""The forms of the bank's files and the authority's own accounts."""

from typing import Any

from django import forms
from stdnum.se import orgnr

from digikoord.lib.examined import ExaminedField
from digikoord.lib.fields import TidyField

from ..bank.xml import MOST_BYTES, TOO_LARGE
from ..models import Giro
from .giro import checked_number


class BankFileForm(forms.Form):
    file = ExaminedField(
        label="Fil från banken",
        most=MOST_BYTES,
        too_large=TOO_LARGE,
        max_length=120,
        widget=forms.FileInput(attrs={"accept": ".xml,text/xml"}),
    )

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        """The act's own arguments: the file's name and its bytes."""
        super().clean()
        data = self.cleaned_data
        file = data.pop("file", None)
        if file:
            data |= {"name": file.name, "content": file.read()}
        return data


class BankDetailsForm(forms.Form):
    debit_giro = forms.ChoiceField(
        label="Betalningar görs från", choices=Giro.choices, widget=forms.RadioSelect
    )
    debit_number = TidyField(label="Nummer", max_length=12)
    bic = forms.RegexField(
        r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$",
        label="Bankens BIC",
        required=False,
        strip=True,
        help_text="Utan BIC anges girots clearing i stället.",
        error_messages={"invalid": "En BIC har 8 eller 11 tecken, till exempel ESSESESS."},
    )

    org_nr = TidyField(
        label="Myndighetens organisationsnummer",
        max_length=11,
        help_text="Står i betalningsfilen som avsändare, till exempel 202100-6164.",
    )
    field_order = ("org_nr", "debit_giro", "debit_number", "bic")

    def __init__(self, *args: Any, known: str = "", **kwargs: Any) -> None:  # what a form takes
        """`known` is the organisation number that the programme's file has: it is shown, and not another."""
        super().__init__(*args, **kwargs)
        if known:
            self.fields["org_nr"].disabled = True

    def clean_org_nr(self) -> str:
        text = self.cleaned_data["org_nr"]
        if not orgnr.is_valid(text):
            raise forms.ValidationError("Organisationsnumret är fel skrivet. Skriv det som 202100-6164.")
        return orgnr.format(text)

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        if data.get("debit_number") and data.get("debit_giro"):
            try:
                data["debit_number"] = checked_number(Giro(data["debit_giro"]), data["debit_number"])
            except forms.ValidationError as error:
                self.add_error("debit_number", error)
        return data
