from typing import TYPE_CHECKING, Any

from django import forms

from digikoord.lib.fields import DayField, WholeField

from ..models import Coordinator

if TYPE_CHECKING:
    Base = forms.ModelForm[Coordinator]
else:
    Base = forms.ModelForm  # which takes no argument of a type when it runs


class AppointForm(Base):
    share = WholeField(
        label="Andel av heltid, procent",
        min_value=1,
        max_value=100,
        initial=100,
        error_messages=dict.fromkeys(["min_value", "max_value"], "Andelen är mellan 1 och 100 procent."),
    )
    starts = DayField(label="Från")
    ends = DayField(label="Till", required=False, help_text="Lämna tomt om förordnandet gäller tills vidare.")

    class Meta:
        model = Coordinator
        fields = ("name", "email", "phone", "phone_public", "share", "function", "starts", "ends")

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", "Förordnandet slutar innan det börjar.")
        return data

    def _post_clean(self) -> None:
        """The act makes and checks the row; the form only asks."""


class EndForm(forms.Form):
    ends = DayField(label="Sista dag")
