from typing import Any

from django import forms

from actors.models import User
from digikoord.lib.fields import TidyField


class BounceForm(forms.Form):
    reason = TidyField(
        label="Vad e-posttjänsten svarade", max_length=300, help_text="Till exempel: 550 okänd mottagare."
    )


class AddressForm(forms.Form):
    """Asks for the person's address: another, or the same when it works again."""

    email = forms.EmailField(
        label="E-post i tjänsten",
        help_text="Låt adressen stå om den fungerar igen. Personen loggar in med den.",
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.person.pk).exists():
            raise forms.ValidationError("E-postadressen används redan av en annan person.")
        return email
