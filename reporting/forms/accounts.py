"""Accepting an account, cost line by cost line."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from digikoord.lib.fields import MoneyField, TidyField
from digikoord.lib.money import ZERO, kr

DIFFERS = "Ange skäl när det godtagna beloppet skiljer sig från det redovisade."


class AcceptAccountForm(forms.Form):
    """A line for each (code, name, kronor) of `lines`, as reported until somebody says otherwise.

    Cleans to `differing`: {code: (kronor, why)} of the lines not accepted as they were reported.
    """

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        lines: Sequence[tuple[str, str, Decimal]],
        paid: Decimal,
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.paid = lines, paid
        self.accepted = sum((amount for _, _, amount in lines), start=ZERO)
        for code, name, amount in lines:
            self.fields[f"accepted_{code}"] = MoneyField(label=f"{name}, godtaget", initial=amount)
            self.fields[f"reason_{code}"] = TidyField(label=f"{name}, skäl", required=False, max_length=500)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"  # a cell of the grid, not laid out by crispy

    def rows(self) -> list[tuple[str, Decimal, BoundField, BoundField]]:
        """(name, reported, field of the amount, field of the reason) for the page."""
        return [
            (name, amount, self[f"accepted_{code}"], self[f"reason_{code}"])
            for code, name, amount in self.lines
        ]

    @property
    def to_repay(self) -> Decimal:
        return max(self.paid - self.accepted, ZERO)

    def clean(self) -> dict[str, object]:
        super().clean()
        data = self.cleaned_data
        typed = {code: data.get(f"accepted_{code}") for code, _, _ in self.lines}
        self.accepted = sum((amount for amount in typed.values() if amount is not None), start=ZERO)
        differing = {}
        for code, _, amount in self.lines:
            reason = data.get(f"reason_{code}", "")
            if typed[code] is not None and typed[code] != amount:
                differing[code] = (typed[code], reason)
                if not reason:
                    self.add_error(f"reason_{code}", DIFFERS)
        if self.accepted > self.paid:
            raise forms.ValidationError(
                f"Godtaget belopp, {kr(self.accepted)}, är högre än det utbetalda, {kr(self.paid)}."
            )
        return {"differing": differing}
