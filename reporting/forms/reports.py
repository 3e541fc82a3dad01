"""Writing a report, submitting it and sending it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField

from digikoord.lib.fields import ChooseForm, DayField, ProseField, ReasonField, WholeField
from digikoord.lib.papers import PaperField

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

    from actors.models import User
    from programmes.programme_file.shape import ReviewCheck

    from ..models import ActivityReport


class CertifyForm(forms.Form):
    certified = forms.BooleanField(
        label="Jag intygar att uppgifterna är riktiga och att medlen har använts enligt beslutet",
        error_messages={"required": "Intyga att uppgifterna är riktiga."},
    )


class ReturnForm(forms.Form):
    reason = ReasonField(label="Vad som ska kompletteras")
    due = DayField(label="Sista dag för komplettering", required=False)


class MarkForm(forms.Form):
    """Fields of a report to tick, each with a word about it. `groups` is [(title, {key: words})], `marked` what is ticked
    from the beginning: {key: the word}."""

    asks: str  # what the word beside a tick is
    longest = 1000  # characters

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        groups: Sequence[tuple[str, Mapping[str, str]]],
        marked: Mapping[str, str],
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for key, label in self._keys().items():
            said = marked.get(key, "")
            self.fields[f"mark_{key}"] = forms.BooleanField(
                label=label, required=False, initial=key in marked
            )
            self.fields[f"word_{key}"] = ProseField(
                label=f"{label}: {self.asks}", rows=0, required=False, max_length=self.longest, initial=said
            )
            self.fields[f"mark_{key}"].widget.attrs["class"] = "form-check-input"
            self.fields[f"word_{key}"].widget.attrs["class"] = "form-control"

    def _keys(self) -> dict[str, str]:
        return {key: label for _, words in self.groups for key, label in words.items()}

    def parts(self) -> list[tuple[str, list[tuple[BoundField, BoundField]], bool]]:
        """[(title, [(tick, word)], whether any is ticked)] for the page."""
        found = []
        for title, words in self.groups:
            rows = [(self[f"mark_{key}"], self[f"word_{key}"]) for key in words]
            found.append((title, rows, any(mark.value() or word.errors for mark, word in rows)))
        return found

    def marked(self, data: Mapping[str, Any]) -> dict[str, str]:  # ticks and words
        """{key: the word} of what is ticked; a word beside an empty tick is asked about."""
        found = {}
        for key in self._keys():
            word = data.get(f"word_{key}", "")
            if data.get(f"mark_{key}"):
                found[key] = word
            elif word:
                self.add_error(f"mark_{key}", "Kryssa för fältet, eller ta bort det som står om det.")
        return found


class SupplementForm(MarkForm):
    """The whole report, or certain fields with a word about each. Cleans to `wanted`: {key: what about it}."""

    asks = "vad som saknas"
    reason = ReasonField(label="Vad som ska kompletteras")
    due = DayField(label="Sista dag för komplettering", required=False)

    def shared(self) -> list[BoundField]:
        return [self["reason"], self["due"]]

    def clean(self) -> dict[str, object]:
        super().clean()
        data = self.cleaned_data
        return {"reason": data.get("reason"), "due": data.get("due"), "wanted": self.marked(data)}


class SecrecyForm(MarkForm):
    """Which fields and attachments to keep from others, each with a reason. Cleans to `claims`: {key: why}, and `edition`,
    the saving they were read after. Where somebody saved others meanwhile the form refuses once, says which, and then takes
    what is ticked."""

    asks = "skäl"
    longest = 500
    edition = WholeField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        report: ActivityReport,
        groups: Sequence[tuple[str, Mapping[str, str]]],
        marked: Mapping[str, str],
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, groups=groups, marked=marked, **kwargs)
        self.current, self.stands = report.edition("secrecy"), marked
        self.initial["edition"] = self.current

    def shared(self) -> list[BoundField]:
        return [self["edition"]]

    def clean(self) -> dict[str, object]:
        super().clean()
        data = self.cleaned_data
        claims = self.marked(data)
        if data.get("edition") not in (None, self.current):
            words = self._keys()
            told = "; ".join(words[key] for key in self.stands if key in words) or "ingenting"
            self.add_error(
                None, f"Någon annan har sparat markeringar efter att du öppnade sidan. Markerat nu: {told}."
            )
            posted = cast("MultiValueDict[str, object]", self.data).copy()
            posted["edition"] = self.current
            self.data = posted
        for key, why in claims.items():
            if not why:
                sentence = "Skriv varför uppgiften bör skyddas, gärna med lagrum (till exempel 31 kap. OSL)."
                self.add_error(f"word_{key}", sentence)
        return {"claims": claims, "edition": data.get("edition")}


class ApproveForm(forms.Form):
    version = WholeField(widget=forms.HiddenInput)


class ReadField(forms.JSONField):
    """What the page said had been read; never typed by anybody, so whatever else it holds is refused."""

    widget = forms.HiddenInput

    def to_python(self, value: object) -> Any:  # what JSON holds
        try:
            return super().to_python(value)
        except RecursionError:
            raise forms.ValidationError("Läs sidan på nytt.") from None

    def bound_data(self, data: object, initial: object) -> object:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return initial


class ApproveManyForm(ChooseForm):
    """Cleans `read` to {report's id: the version that was shown}."""

    read = ReadField()

    def clean_read(self) -> dict[str, int]:
        read = self.cleaned_data["read"]
        if not isinstance(read, dict):
            raise forms.ValidationError("Läs sidan på nytt.")
        return {pk: version for pk, version in read.items() if isinstance(version, int)}

    def clean(self) -> dict[str, object]:
        """Of every report chosen it is known which version was read."""
        super().clean()
        data = self.cleaned_data
        read = data.get("read", {})
        versions = {row.pk: read.get(str(row.pk)) for row in data.get("rows", ())}
        if None in versions.values():
            raise forms.ValidationError("Läs sidan på nytt.")
        return {**data, "read": versions}


class PaperReportForm(forms.Form):
    received_on = DayField(label="Dag då redovisningen kom in")
    signed_by = ProseField(label="Undertecknad av (namn och titel)", rows=0, max_length=240)
    paper = PaperField(label="Den inskannade redovisningen")


class CommentForm(forms.Form):
    text = ProseField(label="Kommentar", max_length=4000)


class NoteForm(forms.Form):
    text = ProseField(label="Tjänsteanteckning", rows=6, max_length=10_000)


class OfficerForm(forms.Form):
    """`officer` among those who may review; empty gives the report to nobody in particular."""

    officer: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        queryset=None, label="Handläggare", required=False, empty_label="Ingen särskild"
    )

    def __init__(self, *args: Any, officers: QuerySet[User], **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["officer"]).queryset = officers


class OfficerManyForm(ChooseForm, OfficerForm):
    """The same officer for many reports."""


class ChecksForm(forms.Form):
    done = forms.MultipleChoiceField(label="Kontroller", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        checks: Iterable[ReviewCheck],
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["done"]).choices = [(row.code, row.text) for row in checks]


class AttachForm(forms.Form):
    title = ProseField(label="Vad bilagan är", rows=0, max_length=200)
    paper = PaperField(label="Fil")
