from typing import Any, cast

from django import forms

from actors.models import Actor, Membership
from actors.roles import Role, roles_of
from digikoord.lib.fields import TidyField


class GrantForm(forms.Form):
    """Asks for a person and a role; the roles offered are those the party can have."""

    name = TidyField(label="Namn", max_length=120)
    email = forms.EmailField(label="E-post i tjänsten")
    title = TidyField(label="Titel", required=False, max_length=120)
    role = forms.ChoiceField(label="Roll", choices=Role.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        self.actor = actor
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (role.value, role.label) for role in roles_of(actor.kind)
        ]

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        data = cast(dict[str, Any], super().clean())  # as above
        held = Membership.objects.filter(
            actor=self.actor,
            user__email__iexact=data.get("email", ""),
            role=data.get("role", ""),
            valid_to__isnull=True,
        )
        if held.exists():
            self.add_error("role", "Personen har redan den rollen.")
        return data


class SigningForm(forms.Form):
    signatures_required = forms.TypedChoiceField(
        label="Vem som svarar på erbjudanden",
        choices=[(1, "En behörig företrädare ensam"), (2, "Två behöriga företrädare tillsammans")],
        coerce=int,
        widget=forms.RadioSelect,
    )
