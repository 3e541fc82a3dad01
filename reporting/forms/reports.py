"""Writing a report, submitting it and sending it back."""

from django import forms

from digikoord.lib.fields import ChooseForm, DayField, ProseField, ReasonField
from digikoord.lib.papers import PaperField


class CertifyForm(forms.Form):
    certified = forms.BooleanField(
        label="Jag intygar att uppgifterna är riktiga och att medlen har använts enligt beslutet",
        error_messages={"required": "Intyga att uppgifterna är riktiga."},
    )


class ReturnForm(forms.Form):
    reason = ReasonField(label="Vad som ska kompletteras")
    due = DayField(label="Sista dag för komplettering", required=False)


class SupplementForm(ReturnForm):
    """The whole report, or certain fields with a word about each. Cleans to `wanted`: {key: what about it}."""

    field_order = ("reason", "due")

    def __init__(self, *args, labels, comments, **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = labels
        for key, label in labels.items():
            said = comments.get(key, "")
            self.fields[f"wanted_{key}"] = forms.BooleanField(label=label, required=False, initial=bool(said))
            self.fields[f"note_{key}"] = forms.CharField(
                label=f"{label}: vad som saknas", required=False, max_length=1000, initial=said
            )

    def shared(self):
        return [self["reason"], self["due"]]

    def rows(self):
        return [(self[f"wanted_{key}"], self[f"note_{key}"]) for key in self.labels]

    def clean(self):
        data = super().clean()
        wanted = {}
        for key in self.labels:
            note = data.get(f"note_{key}", "")
            if data.get(f"wanted_{key}"):
                wanted[key] = note
            elif note:
                self.add_error(f"wanted_{key}", "Kryssa för fältet, eller ta bort det som står om det.")
        return {"reason": data.get("reason"), "due": data.get("due"), "wanted": wanted}


class ApproveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ApproveManyForm(ChooseForm):
    """Cleans `read` to {report's id: the version that was shown}."""

    read = forms.JSONField(widget=forms.HiddenInput)

    def clean_read(self):
        read = self.cleaned_data["read"]
        if not isinstance(read, dict):
            raise forms.ValidationError("Läs sidan på nytt.")
        return {int(pk): version for pk, version in read.items() if pk.isdecimal()}


class PaperReportForm(forms.Form):
    received_on = DayField(label="Dag då redovisningen kom in")
    signed_by = forms.CharField(label="Undertecknad av (namn och titel)", max_length=240)
    paper = PaperField(label="Den inskannade redovisningen")


class CommentForm(forms.Form):
    text = ProseField(label="Kommentar", max_length=4000)


class NoteForm(forms.Form):
    text = ProseField(label="Tjänsteanteckning", rows=6, max_length=10_000)


class OfficerForm(forms.Form):
    """`officer` among those who may review; empty gives the report to nobody in particular."""

    officer = forms.ModelChoiceField(
        queryset=None, label="Handläggare", required=False, empty_label="Ingen särskild"
    )

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers


class OfficerManyForm(ChooseForm, OfficerForm):
    """The same officer for many reports."""


class ChecksForm(forms.Form):
    done = forms.MultipleChoiceField(label="Kontroller", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, checks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["done"].choices = [(row.code, row.text) for row in checks]


class AttachForm(forms.Form):
    title = forms.CharField(label="Vad bilagan är", max_length=200)
    paper = PaperField(label="Fil")


class SecrecyForm(forms.Form):
    """Which fields and attachments to mark, each with a reason. Cleans to `claims`: {key: why}."""

    def __init__(self, *args, claimable, claims, **kwargs):
        super().__init__(*args, **kwargs)
        self.claimable = claimable
        for key, label in claimable.items():
            reason = claims.get(key, "")
            self.fields[f"mark_{key}"] = forms.BooleanField(label=label, required=False, initial=bool(reason))
            self.fields[f"why_{key}"] = forms.CharField(
                label=f"{label}: skäl", required=False, max_length=500, initial=reason
            )

    def rows(self):
        return [(self[f"mark_{key}"], self[f"why_{key}"]) for key in self.claimable]

    def clean(self):
        data = super().clean()
        claims = {}
        for key in self.claimable:
            reason = data.get(f"why_{key}", "")
            if data.get(f"mark_{key}"):
                claims[key] = reason
                if not reason:
                    self.add_error(
                        f"why_{key}",
                        "Skriv varför uppgiften bör skyddas, gärna med lagrum (till exempel 31 kap. OSL).",
                    )
        return {"claims": claims}
