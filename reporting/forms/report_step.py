"""One step of a report as a form. All is optional while writing: what is impossible is refused at the field, what is
missing first at submission."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django import forms

from digikoord.lib import numbers
from digikoord.lib.fields import MoneyField, ProseField, TypedNumber, WholeField
from digikoord.lib.money import amount

from .. import content as contents
from .. import fields, secrecy

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

    from ..content import Content
    from ..models import ActivityReport


MOST_DECIMALS = 6  # beyond them a figure would be written with an exponent
CELL = {"class": "form-control"}  # a cell of a grid, not laid out by crispy


@dataclass(frozen=True)
class Row:
    """A field on the page. `stands` is what is saved, where a refused form holds something else; `wanted` what the
    reviewer asks about it."""

    field: fields.Field
    bound: forms.BoundField
    stands: str
    before: str
    claimed: bool
    wanted: str


class FigureField(TypedNumber, forms.CharField):
    """A figure, kept as it was written; empty is missing and never zero."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:  # what forms.CharField takes
        self.most = most
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 30, "widget": widget, **kwargs})

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            figure = numbers.typed(text)
        except numbers.NotANumber:
            raise forms.ValidationError("Skriv ett tal, till exempel 12 eller 12,5.") from None
        if not 0 <= figure <= self.most:
            raise forms.ValidationError(f"Talet ska vara mellan 0 och {amount(self.most)}.")
        if cast("int", figure.as_tuple().exponent) < -MOST_DECIMALS:
            raise forms.ValidationError(f"Skriv högst {MOST_DECIMALS} decimaler.")
        return f"{abs(figure):f}"


class Known(TypedDict):
    """What every field of a form is given."""

    label: str
    required: bool
    help_text: str


def form_field(field: fields.Field) -> forms.Field:
    """The form's field for one of a report's."""
    known: Known = {"label": field.label, "required": False, "help_text": field.about}
    made: forms.Field
    match field.kind:
        case "text":
            return ProseField(rows=4, **known)
        case "line":
            made = ProseField(rows=0, max_length=200, **known)
            made.widget.attrs = {**made.widget.attrs, **CELL}
            return made
        case "figure":
            return FigureField(most=field.most, **known)
        case "money":
            made = MoneyField(**known | {"label": field.name})
            made.widget.attrs = {**made.widget.attrs, **CELL}
            return made
        case "choice":
            widget = forms.Select(attrs={"class": "form-select"})
            return forms.ChoiceField(choices=[("", "Inget valt"), *field.choices], widget=widget, **known)
        case "several":
            return forms.MultipleChoiceField(
                choices=field.choices, widget=forms.CheckboxSelectMultiple, **known
            )
    return forms.BooleanField(**known)


def _shown(field: fields.Field, kept: fields.Kept) -> object:
    return contents.number(kept) if field.kind == "money" else fields.with_comma(field, kept)


def _kept(field: fields.Field, cleaned: object) -> object:
    """As the content keeps it: figures as text."""
    if field.kind == "money":
        return "" if cleaned is None else f"{abs(Decimal(cast('Decimal', cleaned))):.2f}"
    return cleaned


class StepForm(forms.Form):
    """The fields of one step; `before` is last year's content. Cleans to `values` by field key, and `edition`, the saving
    it was read after.

    A field that is not open shows what stands there and cannot be changed. Where somebody saved the step meanwhile the form
    refuses once, shows what they wrote beside what is typed, and then takes the typed.
    """

    edition = WholeField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,  # what forms.Form takes
        report: ActivityReport,
        step: fields.Step,
        before: Content | None = None,
        **kwargs: Any,  # ... here too
    ) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.step, self.before = report, step, before
        self.initial["edition"] = report.edition(step.key)
        for field in step.fields:
            made = form_field(field)
            made.disabled = not fields.is_open(field.key, report.wanted)
            self.fields[field.key] = made
            self.initial[field.key] = _shown(field, fields.value(report.draft, field))

    def clean(self) -> dict[str, object]:
        """`kept` is all that is open and possible; the impossible is left as it was."""
        super().clean()
        data = self.cleaned_data
        self.kept = {
            field.key: _kept(field, data[field.key])
            for field in self.step.fields
            if field.key in data and not self.fields[field.key].disabled
        }
        current, self.overtaken = self.report.edition(self.step.key), False
        if data.get("edition") not in (None, current):
            self.overtaken = True
            self.add_error(None, overtaken(self.report, self.step.key))
            posted = cast("MultiValueDict[str, object]", self.data).copy()
            posted["edition"] = current
            self.data = posted
        return {"values": self.kept, "edition": data.get("edition")}

    def rows(self) -> list[Row]:
        """What the page shows, field by field."""
        return [self._row(field) for field in self.step.fields]

    def _row(self, field: fields.Field) -> Row:
        draft, before = self.report.draft, self.before
        stands = fields.value(draft, field)
        locked = self.fields[field.key].disabled
        differs = self.is_bound and self.errors and not locked and self.kept.get(field.key) != stands
        return Row(
            field=field,
            bound=self[field.key],
            stands=fields.told(draft, field) or "(tomt)" if differs else "",
            before=fields.told(before, field) if before and field.path[0] != fields.ALL_INITIATIVES else "",
            claimed=secrecy.is_claimed(draft, field.key),
            wanted=self.report.wanted.get(field.key, ""),
        )


def overtaken(report: ActivityReport, step: str) -> str:
    """Who saved the step meanwhile, and what to do about it."""
    last = report.editions.get(step, {})
    return (
        f"{last.get('by', 'En kollega')} sparade avsnittet {last.get('at', '')}, efter att du öppnade det. Inget av ditt är sparat än. "
        "Vid varje fält som skiljer sig står det som är sparat nu. För samman texterna och spara igen."
    )
