"""Writing a report, submitting it and sending it back."""

import copy

from django import forms

from digikoord.lib.fields import DayField, ReasonField

from .report_parts import parts_of

MOST_INITIATIVES = 200


class ReportForm(forms.Form):
    """A year's sections, as the programme file gives them. Cleans to `content` and `edition`."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    initiatives = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_INITIATIVES)

    def __init__(self, *args, report, **kwargs):
        self.draft = report.draft
        written = len(self.draft.get("initiatives", []))
        super().__init__(*args, **kwargs)
        count = self._count(written)
        self.parts = parts_of(report.programme.definition, report.year.year, self.draft, count)
        self.initial |= {"edition": report.edition, "initiatives": count}
        for part in self.parts:
            self.fields |= part.fields()
            self.initial |= part.initial()

    def _count(self, written):
        """How many initiatives the page has: as posted, or those written and one empty."""
        text = self.data.get("initiatives", "") if self.is_bound else ""
        if text.isascii() and text.isdecimal():
            return min(int(text), MOST_INITIATIVES)
        return min(written + 1, MOST_INITIATIVES)

    def shown(self):
        """(section, template, rows) for the page."""
        return [(part.section, part.template, part.rows(self)) for part in self.parts]

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        content = copy.deepcopy(self.draft)
        for part in self.parts:
            part.gather(data, content)
        return {"content": content, "edition": data["edition"]}


class CertifyForm(forms.Form):
    certified = forms.BooleanField(
        label="Jag intygar att uppgifterna är riktiga och att medlen har använts enligt beslutet",
        error_messages={"required": "Intyga att uppgifterna är riktiga."},
    )


class ReturnForm(forms.Form):
    reason = ReasonField(label="Vad som ska kompletteras")
    due = DayField(label="Sista dag för komplettering", required=False)
