from typing import Any, cast

from django import forms
from stdnum.se import orgnr

from actors.models import Actor, ActorKind
from digikoord.lib.fields import ChooseForm, DayField, TidyField
from programmes.models import Programme

from ..models import Assignment


class RegisterManyForm(ChooseForm):
    """The successions, and the later government decision that offers the successors."""

    decided_on = DayField(label="Det nya regeringsbeslutets dag")
    case_number = TidyField(
        label="Diarienummer",
        required=False,
        max_length=40,
        help_text="Lämna tomt om det inte är känt än.",
    )
    answer_due = DayField(
        label="Sista svarsdag", required=False, help_text="Lämna tomt om ingen dag har bestämts."
    )
    text = TidyField(
        label="Beslutets text",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Det efterträdarna svarar på. Förifylld med det första beslutets text; skriv det nya beslutets.",
    )


class EditForm(forms.Form):
    effective_on = DayField(label="Gäller från")
    legal_basis = TidyField(label="Rättslig grund", required=False, max_length=200)
    predecessor_dissolved = forms.BooleanField(
        label="Företrädaren har upphört",
        required=False,
        help_text="Efterträdaren svarar då för och ser företrädarens redovisningar och återbetalningar.",
    )


class EnterForm(EditForm):
    """The predecessor, and either a known successor or a new legal person."""

    predecessor = forms.ModelChoiceField(label="Företrädare", queryset=Actor.objects.none())
    successor = forms.ModelChoiceField(
        label="Efterträdare",
        queryset=Actor.objects.none(),
        required=False,
        help_text="Välj en känd aktör, eller lämna tomt och fyll i den nya juridiska personen.",
    )
    legal_name = TidyField(label="Ny aktör: juridiskt namn", required=False, max_length=120)
    kind = forms.ChoiceField(label="Ny aktör: slag", choices=ActorKind.choices, required=False)
    org_nr = TidyField(
        label="Ny aktör: organisationsnummer",
        required=False,
        max_length=11,
        help_text="Till exempel 232100-0016. Lämna tomt om det inte är känt än.",
    )
    field_order = ("predecessor", "successor", "legal_name", "kind", "org_nr")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:  # what a form takes
        super().__init__(*args, **kwargs)
        holding = Assignment.objects.live().filter(place__programme=programme)
        holders = Actor.objects.filter(assignments__in=holding).distinct().order_by("display_name")
        cast("forms.ModelChoiceField[Actor]", self.fields["predecessor"]).queryset = holders
        cast("forms.ModelChoiceField[Actor]", self.fields["successor"]).queryset = Actor.objects.exclude(
            pk__in=holders.values("pk")
        ).order_by("display_name")

    def clean_org_nr(self) -> str:
        text = self.cleaned_data["org_nr"].strip()
        if not text:
            return ""
        if not orgnr.is_valid(text) or int(orgnr.compact(text)[2]) < 2:
            raise forms.ValidationError("Organisationsnumret stämmer inte. Läs kontrollsiffran igen.")
        text = orgnr.format(text)
        if Actor.objects.filter(org_nr=text).exists():
            raise forms.ValidationError("Organisationsnumret används redan. Välj aktören i listan.")
        return text

    def clean(self) -> dict[str, Any]:  # each field cleans to its own
        super().clean()
        data = self.cleaned_data
        if data.get("successor") and data.get("legal_name"):
            self.add_error("legal_name", "Ange antingen en känd efterträdare eller en ny, inte båda.")
        if not data.get("successor") and not data.get("legal_name"):
            self.add_error("successor", "Välj en efterträdare, eller fyll i en ny.")
        return data
