"""What a payer says of a line of the bank's file that waits."""

from typing import Any, cast

from django import forms
from django.db import models

from digikoord.lib.fields import ReasonField, TidyField

from ..models import BankFileLine, Handled, Outcome, RepaymentClaim
from ..models.bank_outcome import EVIDENT

HOWS: dict[str, tuple[Handled, ...]] = {
    Outcome.PROPOSED: (
        Handled.BOOKED,
        Handled.SENT_BACK,
        Handled.CREDITED,
        Handled.BY_HAND,
        Handled.SAME,
        Handled.NOT_OURS,
    ),
    Outcome.SURPLUS: (Handled.SENT_BACK, Handled.CREDITED, Handled.BY_HAND),
}


class SettleForm(forms.Form):
    """The claims are the programme's open ones; only money that came in can be booked on any."""

    how = forms.ChoiceField(label="Vad är raden?", widget=forms.RadioSelect)
    claim = forms.ModelChoiceField(
        RepaymentClaim.objects.none(),
        label="Krav, om beloppet ska bokföras på ett",
        required=False,
        empty_label="–",
    )
    note = ReasonField(
        label="Vad som har gjorts",
        max_length=200,
        required=False,
        rows=2,
        help_text="Behövs inte när beloppet bokförs på ett krav.",
    )
    evidence = TidyField(
        label="Underlag",
        max_length=200,
        required=False,
        help_text="Till exempel bankens kvitto på återsändningen. Behövs inte när beloppet bokförs på ett krav, redan är inläst eller inte är myndighetens.",
    )

    def __init__(
        self,
        *args: Any,  # what a form takes
        line: BankFileLine,
        claims: models.QuerySet[RepaymentClaim],
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        hows = [how for how in HOWS[line.outcome] if line.credit or how != Handled.BOOKED]
        cast("forms.ChoiceField", self.fields["how"]).choices = [(how.value, how.label) for how in hows]
        if line.credit and line.outcome == Outcome.PROPOSED:
            cast("forms.ModelChoiceField[RepaymentClaim]", self.fields["claim"]).queryset = claims
        else:
            del self.fields["claim"]

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        how = data.get("how")
        if how == Handled.BOOKED:
            if not data.get("claim"):
                self.add_error("claim", "Välj vilket krav.")
        elif how:
            if not data.get("note"):
                self.add_error("note", "Skriv vad som har gjorts, eller varför.")
            if how in EVIDENT and not data.get("evidence"):
                self.add_error("evidence", "Ange underlaget.")
        return data
