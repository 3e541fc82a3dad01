"""The forms of money that comes back: claims and recoveries."""

from django import forms

from digikoord.lib.fields import DayField, LegalBasisField, MoneyField, ReasonField, TidyField, WholeField
from digikoord.lib.money import ORE


class ReceiveForm(forms.Form):
    amount = MoneyField(label="Inbetalt belopp, kr", min_value=ORE)
    on = DayField(label="Inbetalningsdag")
    note = TidyField(label="Anteckning", required=False, max_length=200)


class CreditForm(forms.Form):
    credited_to = TidyField(
        label="Anslag eller inkomsttitel", max_length=200, help_text="Som det står i underlaget."
    )
    budget_year = WholeField(
        label="Budgetår",
        required=False,
        min_value=1900,
        max_value=2199,
        help_text="Fyra siffror. Lämna tomt om det inte är känt.",
        error_messages={"invalid": "Skriv året med fyra siffror, till exempel 2019."},
    )
    note = TidyField(label="Anteckning", required=False, max_length=200)


class WaiveForm(forms.Form):
    amount = MoneyField(label="Belopp som efterges, kr", min_value=ORE)
    legal_basis = LegalBasisField()
    note = ReasonField(label="Skäl", max_length=200)


class AdjustForm(forms.Form):
    amount = MoneyField(label="Nytt krav, kr")
    reason = ReasonField()


class DeferForm(forms.Form):
    due = DayField(label="Ny sista dag")
    legal_basis = LegalBasisField()
    reason = ReasonField()


class InterestForm(forms.Form):
    amount = MoneyField(label="Ränta, kr", min_value=ORE, help_text="Beloppet räknas ut utanför digikoord.")
    legal_basis = LegalBasisField()
    note = TidyField(
        label="Anteckning", required=False, max_length=200, help_text="Till exempel räntesats och tid."
    )


class ReverseForm(forms.Form):
    reason = ReasonField(max_length=200)


class OpenRecoveryForm(forms.Form):
    breach = ReasonField(label="Vad som har brustit")
    amount = MoneyField(label="Belopp som kan återkrävas, kr", min_value=ORE)
    legal_basis = LegalBasisField()
    answer_due = DayField(label="Sista dag att yttra sig")


class AnswerRecoveryForm(forms.Form):
    text = ReasonField(label="Ert yttrande", max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}))


class DecideRecoveryForm(forms.Form):
    amount = MoneyField(label="Belopp som återkrävs, kr", help_text="0 om inget återkrävs.")
    reasons = ReasonField(label="Skälen för beslutet", max_length=10_000)
    due = DayField(label="Sista betalningsdag", required=False, help_text="Behövs om något återkrävs.")
