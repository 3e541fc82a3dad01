"""What the Riksdag decided of a year's money, and by which rule it is shared among the places."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from digikoord.lib.fields import DayField, MoneyField, PercentField
from digikoord.lib.papers import PaperField

from ..models import BudgetDecision, Tranche
from ..models.budget_decision import BudgetKind, Outcome

if TYPE_CHECKING:
    Base = forms.ModelForm[BudgetDecision]
else:
    Base = forms.ModelForm  # which takes no argument of a type when it runs

EQUAL, BY_PERCENT, BY_AMOUNT = "equal", "percent", "by_amount"
RULES = (
    (EQUAL, "Lika: ett nytt högsta belopp för alla aktörer"),
    (BY_PERCENT, "I procent: varje belopp sänks med lika många procent"),
    (BY_AMOUNT, "Belopp för belopp, i tabellen nedan"),
)
ROUNDING = (("kronor", "Hela kronor"), ("ore", "Ören"))
CEILINGS = ("recipient_ceiling", "secretariat_ceiling")


class RegisterForm(Base):
    """`amounts` are the year's tranches that the decision may change; each has a field of the grid."""

    decided_on = DayField(label="Riksdagens beslutsdag")
    paper = PaperField(
        label="Riksdagens skrivelse som fil", required=False, help_text="PDF, PNG eller JPEG, högst 10 MB."
    )
    rule = forms.ChoiceField(
        label="Fördelning vid ändrat belopp",
        choices=RULES,
        required=False,
        widget=forms.RadioSelect,
        help_text="Välj bara när utfallet är ändrat belopp.",
    )
    recipient_ceiling = MoneyField(
        label="Nytt högsta belopp per aktör, kr", required=False, help_text="När beloppet är lika för alla."
    )
    secretariat_ceiling = MoneyField(
        label="Nytt högsta belopp för sekretariatet, kr",
        required=False,
        help_text="Tomt: sekretariatets belopp ändras inte.",
    )
    percent = PercentField(
        label="Sänkning, procent",
        required=False,
        help_text="När beloppen sänks i procent, till exempel 12,5. Högst fyra decimaler. Räknas på det regeringen har beslutat.",
    )
    rounding = forms.ChoiceField(
        label="Beloppen avrundas nedåt till",
        choices=ROUNDING,
        required=False,
        initial="kronor",
        widget=forms.RadioSelect,
        help_text="Varje belopp avrundas nedåt, så att summan aldrig blir högre än det beslutet ger.",
    )
    total = MoneyField(
        label="Beslutet ger för hela året, kr",
        required=False,
        help_text="Frivilligt. Summan av de högsta beloppen stäms av mot det.",
    )

    class Meta:
        model = BudgetDecision
        fields = (
            "kind",
            "outcome",
            "proposition",
            "expenditure_area",
            "committee_report",
            "riksdag_letter",
            "decided_on",
            *CEILINGS,
            "total",
        )
        help_texts = {
            "kind": "Ett rambeslut uppfyller aldrig villkoret; det gör beslutet om anslaget.",
            "proposition": "Till exempel 2018/19:1",
            "expenditure_area": "Till exempel utg.omr. 22",
            "committee_report": "Till exempel 2018/19:TU1",
            "riksdag_letter": "Till exempel 2018/19:109",
        }

    def __init__(
        self,
        *args: Any,  # what a form takes
        amounts: Sequence[Tranche] = (),
        has_secretariat: bool = True,
        **kwargs: Any,  # what a form takes
    ) -> None:
        super().__init__(*args, **kwargs)
        if not has_secretariat:
            del self.fields["secretariat_ceiling"]
        shared = ("rule", *CEILINGS, "percent", "rounding", "total")
        self.order_fields(["kind", "outcome", *self.Meta.fields[2:7], "paper", *shared])
        self.asked = list(self.fields)
        self.grid = {f"amount_{row.pk}": row for row in amounts}
        for name, row in self.grid.items():
            self.fields[name] = MoneyField(
                label=f"Nytt högsta belopp för {row.place}, kr", required=False, initial=row.ceiling
            )
            self.fields[name].widget.attrs["class"] = "form-control"

    def goes_by_amount(self) -> bool:
        return bool(self["rule"].value() == BY_AMOUNT)

    def own_fields(self) -> list[forms.BoundField]:
        """The fields above the grid."""
        return [self[name] for name in self.asked]

    def rows(self) -> list[tuple[Tranche, forms.BoundField]]:
        """(tranche, its field) of the grid."""
        return [(row, self[name]) for name, row in self.grid.items()]

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        amounts = {row: data.pop(name, None) for name, row in self.grid.items()}
        rule = data.pop("rule", "")
        rounding = data.pop("rounding", "")
        data["whole_kronor"] = rounding != "ore" if rule == BY_PERCENT else None
        if data.get("outcome") == Outcome.CHANGED:
            self._check_changed(data, rule, amounts)
        else:
            self._check_unchanged(data, rule)
        return data

    def _check_changed(
        self,
        data: dict[str, Any],  # as it was cleaned
        rule: str,
        amounts: Mapping[Tranche, Decimal | None],  # as it was cleaned
    ) -> None:
        if data.get("kind") == BudgetKind.FRAME:
            self.add_error("kind", "Belopp ändras av beslutet om anslaget, inte av rambeslutet.")
        if rule != BY_PERCENT and data.get("percent") is not None:
            self.add_error("percent", "Ange procent bara när beloppen sänks i procent.")
        if not rule:
            self.add_error("rule", "Välj hur det ändrade beloppet fördelas.")
        elif rule == BY_PERCENT:
            self._check_percent(data)
        elif rule == BY_AMOUNT:
            self._check_amounts(amounts)
            data["amounts"] = {row.place: amount for row, amount in amounts.items()}
            data.update(dict.fromkeys(CEILINGS))
        elif data.get("recipient_ceiling") is None and "recipient_ceiling" not in self.errors:
            self.add_error("recipient_ceiling", "Ange det nya högsta beloppet per aktör.")

    def _check_percent(self, data: dict[str, Any]) -> None:  # as it was cleaned
        data.update(dict.fromkeys(CEILINGS))
        if not data.get("percent") and "percent" not in self.errors:
            self.add_error("percent", "Ange hur många procent beloppen sänks, mer än 0.")

    def _check_amounts(self, amounts: Mapping[Tranche, Decimal | None]) -> None:
        for name, row in self.grid.items():
            if name in self.errors:
                continue
            amount = amounts[row]
            if amount is None:
                self.add_error(name, "Ange ett belopp, 0 om platsen inte får några medel.")
            elif amount > row.decided_ceiling:
                self.add_error(name, f"Högst {row.decided_ceiling:.0f} kr enligt regeringens beslut.")

    def _check_unchanged(self, data: dict[str, Any], rule: str) -> None:  # as it was cleaned
        if rule:
            self.add_error("rule", "Välj fördelning bara när utfallet är ändrat belopp.")
        for name in (*CEILINGS, "percent", "total"):
            if data.get(name) is not None:
                self.add_error(name, "Ange belopp bara när utfallet är ändrat belopp.")

    def _post_clean(self) -> None:
        """The act makes and checks the row; the form only asks."""
