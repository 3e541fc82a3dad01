from django import forms

from digikoord.lib.fields import ChooseForm, DayField


class RegisterManyForm(ChooseForm):
    """The successions, and the later government decision that offers the successors."""

    decided_on = DayField(label="Det nya regeringsbeslutets dag")
    case_number = forms.CharField(
        label="Diarienummer",
        required=False,
        max_length=40,
        help_text="Lämna tomt om det inte är känt än.",
    )
    answer_due = DayField(
        label="Sista svarsdag", required=False, help_text="Lämna tomt om ingen dag har bestämts."
    )
