"""The forms of the bank's files and the authority's own accounts."""

from django import forms

from ..bank.xml import MOST, TOO_LARGE
from ..models import Giro
from .giro import checked_number


class BankFileForm(forms.Form):
    file = forms.FileField(
        label="Fil från banken", max_length=120, widget=forms.FileInput(attrs={"accept": ".xml,text/xml"})
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def clean(self):
        """The act's own arguments: the file's name and its bytes."""
        data = super().clean()
        file = data.pop("file", None)
        if file:
            data |= {"name": file.name, "content": file.read()}
        return data


class BankDetailsForm(forms.Form):
    debit_giro = forms.ChoiceField(
        label="Betalningar görs från", choices=Giro.choices, widget=forms.RadioSelect
    )
    debit_number = forms.CharField(label="Nummer", max_length=12, required=False)
    bic = forms.RegexField(
        r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$",
        label="Bankens BIC",
        required=False,
        strip=True,
        error_messages={"invalid": "En BIC har 8 eller 11 tecken, till exempel ESSESESS."},
    )

    def clean(self):
        data = super().clean()
        if data.get("debit_number") and data.get("debit_giro"):
            try:
                data["debit_number"] = checked_number(Giro(data["debit_giro"]), data["debit_number"])
            except forms.ValidationError as error:
                self.add_error("debit_number", error)
        return data
