"""The compilation's texts, and what its acts ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms

from digikoord.lib import markdown
from digikoord.lib.fields import ChooseForm, DayField, ProseField, ReasonField, TidyField, WholeField

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

    from ..models import CompilationVersion


HOW = (
    "Tomrad ger nytt stycke. # ger en rubrik, - en punktlista, **fet** text. [ord](https://…) ger en länk, "
    "som skrivs ut med sin adress. Bilder och HTML tas inte med."
)


class EditionForm(forms.Form):
    """What two people may be writing at once: `what` of the version was read as of `edition`. Where somebody saved it
    meanwhile the form refuses once, the page shows what they saved beside what is typed, and then takes the typed."""

    edition = WholeField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        version: CompilationVersion,
        what: str,
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.what, self.overtaken = version, what, False
        self.initial["edition"] = version.edition(what)

    def clean(self) -> dict[str, object]:
        super().clean()
        data = self.cleaned_data
        current = self.version.edition(self.what)
        if data.get("edition") not in (None, current):
            self.overtaken = True
            last = self.version.editions[self.what]
            self.add_error(
                None,
                f"{last['by']} sparade {last['at']}, efter att du öppnade sidan. Inget av ditt är sparat än. Nedan står det "
                "som är sparat nu. För samman och spara igen.",
            )
            posted = cast("MultiValueDict[str, object]", self.data).copy()
            posted["edition"] = current
            self.data = posted
        return data


class ChapterForm(EditionForm):
    text = ProseField(label="Inledning (Markdown)", rows=18, required=False, help_text=HOW)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if markdown.is_too_deep(text):
            raise forms.ValidationError(
                "Listor, citat eller fet text ligger för djupt i varandra. Dela upp dem."
            )
        return text


class PickForm(EditionForm):
    """Which of the good examples that the actors marked are told of: `choices` as (key, label)."""

    picked = forms.MultipleChoiceField(
        label="Goda exempel", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        choices: Iterable[tuple[str, str]],
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["picked"]).choices = choices


class BeginForm(forms.Form):
    """A first version needs no reason; a later one says why."""

    reason = ReasonField(label="Varför sammanställningen rättas")

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]


class EstablishForm(forms.Form):
    sha256 = TidyField(widget=forms.HiddenInput, max_length=64)


class DeliverForm(forms.Form):
    case_number = TidyField(
        label="Diarienummer", max_length=40, required=False, help_text="Lämna tomt om det inte finns än."
    )
    letter = ProseField(label="Missiv", rows=12, max_length=10_000)


class AskManyForm(ChooseForm):
    due = DayField(label="Sista dag att svara")


class ObjectForm(forms.Form):
    answer = ProseField(label="Det som ska rättas", rows=8, max_length=10_000)


class HandleForm(forms.Form):
    handling = ProseField(label="Vad invändningen ledde till", rows=6, max_length=10_000)
