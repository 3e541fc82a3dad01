from django import forms

from digikoord.lib.fields import DayField, MoneyField

from ..models import BudgetDecision
from ..models.budget_decision import Kind, Outcome


class RegisterForm(forms.ModelForm):
    decided_on = DayField(label="Riksdagens beslutsdag")
    recipient_ceiling = MoneyField(
        label="Nytt högsta belopp per aktör, kr", required=False, help_text="Bara vid ändrat belopp."
    )
    secretariat_ceiling = MoneyField(label="Nytt högsta belopp för sekretariatet, kr", required=False)

    class Meta:
        model = BudgetDecision
        fields = (
            *("kind", "outcome", "proposition", "expenditure_area", "committee_report"),
            *("riksdag_letter", "decided_on", "recipient_ceiling", "secretariat_ceiling"),
        )
        help_texts = {
            "kind": "Ett rambeslut uppfyller aldrig villkoret; det gör beslutet om anslaget.",
            "proposition": "Till exempel 2018/19:1",
            "expenditure_area": "Till exempel utg.omr. 22",
            "committee_report": "Till exempel 2018/19:TU1",
            "riksdag_letter": "Till exempel 2018/19:109",
        }

    def clean(self):
        data = super().clean()
        changed = data.get("outcome") == Outcome.CHANGED
        if changed and data.get("kind") == Kind.FRAME:
            self.add_error("kind", "Belopp ändras av beslutet om anslaget, inte av rambeslutet.")
        if changed and data.get("recipient_ceiling") is None:
            self.add_error("recipient_ceiling", "Ange det nya högsta beloppet per aktör.")
        if not changed:
            for name in ("recipient_ceiling", "secretariat_ceiling"):
                if data.get(name) is not None:
                    self.add_error(name, "Ange belopp bara när utfallet är ändrat belopp.")
        return data

    def _post_clean(self):
        """The act makes and checks the row; the form only asks."""
