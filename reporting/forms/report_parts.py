"""The sections of the report's form, one class for each form of section the programme file knows.

A part names its fields as `faults` does, reads them from the draft and writes them back to it. All is
optional while writing; what is impossible is refused at the field, what is missing first at submission.
"""

from decimal import Decimal

from django import forms

from digikoord.lib.fields import MoneyField

from .. import content as contents

LONGEST = 20_000  # characters
SHORT = ("function_start", "function_fte")
SHORT_OF_INITIATIVE = ("target_group", "kind", "role", "partners", "period", "participants", "external_money")


class FigureField(forms.CharField):
    """A figure, kept as it was written; empty is missing and never zero."""

    def __init__(self, *, most, **kwargs):
        self.most = most
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 30, "widget": widget, **kwargs})

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        figure = contents.number(text)
        if figure is None:
            raise forms.ValidationError("Skriv ett tal, till exempel 12 eller 12,5.")
        if not 0 <= figure <= self.most:
            raise forms.ValidationError(f"Talet ska vara mellan 0 och {self.most:,}.".replace(",", "\u00a0"))
        return f"{figure:f}"


def text_field(label, *, short=False, rows=3):
    widget = forms.TextInput() if short else forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=200 if short else LONGEST, widget=widget)


class Part:
    """One section. `section` is the programme file's row; `extra` is what the person asked to add."""

    template = "reporting/parts/texts.html"

    def __init__(self, section, definition, year, content, *, count=None):
        self.section, self.definition, self.year = section, definition, year
        self.content, self.count = content, count

    def fields(self):
        """{name: field}"""
        return {}

    def initial(self):
        return {}

    def gather(self, data, content):
        """Write the cleaned data into the content."""

    def rows(self, form):
        """What the template shows."""
        return []


class Texts(Part):
    def fields(self):
        made = {}
        for name, label, _required in contents.text_fields(self.section):
            made[name] = text_field(label, short=name in SHORT)
            if name == "function_fte":
                made[name] = FigureField(label=label, most=100, help_text="Till exempel 0,5 eller 1.")
        return made

    def initial(self):
        return {name: self.content.get("texts", {}).get(name, "") for name in self.fields()}

    def gather(self, data, content):
        content.setdefault("texts", {}).update({name: data[name] for name in self.fields()})

    def rows(self, form):
        return [form[name] for name in self.fields()]


class Initiatives(Part):
    template = "reporting/parts/initiatives.html"

    @property
    def written(self):
        return self.content.get("initiatives", [])

    def fields(self):
        made = {}
        for at in range(self.count):
            made |= {f"initiatives-{at}-{name}": field for name, field in self._row_fields().items()}
        return made

    def _row_fields(self):
        goals = [(goal.code, goal.name) for goal in self.definition.sub_goals]
        texts = {
            name: text_field(label, short=name in SHORT_OF_INITIATIVE)
            for name, label in contents.INITIATIVE_TEXTS.items()
        }
        for name in ("participants", "external_money"):
            texts[name] = FigureField(label=contents.INITIATIVE_TEXTS[name], most=9_999_999_999)
        made = {"title": text_field("Rubrik", short=True)}
        if goals:
            made["sub_goal"] = forms.ChoiceField(
                label="Huvudsakligt delmål", choices=[("", "Välj delmål"), *goals], required=False
            )
            made["other_goals"] = forms.MultipleChoiceField(
                label="Andra delmål", choices=goals, required=False, widget=forms.CheckboxSelectMultiple
            )
        made |= texts
        made["good_example"] = forms.BooleanField(label="Gott exempel att lyfta fram", required=False)
        made["remove"] = forms.BooleanField(label="Ta bort insatsen när du sparar", required=False)
        return made

    def initial(self):
        return {
            f"initiatives-{at}-{name}": value
            for at, row in enumerate(self.written)
            for name, value in row.items()
        }

    def gather(self, data, content):
        names = [name for name in self._row_fields() if name != "remove"]
        rows = [{name: data[f"initiatives-{at}-{name}"] for name in names} for at in range(self.count)]
        kept = [row for at, row in enumerate(rows) if not data[f"initiatives-{at}-remove"]]
        content["initiatives"] = [row for row in kept if any(row.values())]

    def rows(self, form):
        names = self._row_fields()
        return [
            {
                "number": at + 1,
                "new": at >= len(self.written),
                "fields": [form[f"initiatives-{at}-{name}"] for name in names],
            }
            for at in range(self.count)
        ]


class Results(Part):
    template = "reporting/parts/results.html"

    def fields(self):
        movements = [("", "Ingen bedömning"), *contents.MOVEMENTS.items()]
        made = {}
        for goal in self.definition.sub_goals:
            made[f"result_{goal.code}_movement"] = forms.ChoiceField(
                label=f"{goal.name}: förflyttning", choices=movements, required=False
            )
            made[f"result_{goal.code}_text"] = text_field(f"{goal.name}: motivering", rows=2)
        for row in self._indicators():
            most = 100 if row.unit == "procent" else 9_999_999_999
            made[f"indicator_{row.code}"] = FigureField(
                label=f"{row.code} {row.name}, {row.unit}", most=most, help_text=row.definition
            )
        return made

    def _indicators(self):
        return contents.indicators(self.definition, self.year)

    def initial(self):
        told = self.content.get("results", {})
        results = {
            f"result_{goal.code}_{name}": told.get(goal.code, {}).get(name, "")
            for goal in self.definition.sub_goals
            for name in ("movement", "text")
        }
        figures = self.content.get("indicators", {})
        return results | {f"indicator_{row.code}": figures.get(row.code, "") for row in self._indicators()}

    def gather(self, data, content):
        content["results"] = {
            goal.code: {name: data[f"result_{goal.code}_{name}"] for name in ("movement", "text")}
            for goal in self.definition.sub_goals
        }
        content["indicators"] = {row.code: data[f"indicator_{row.code}"] for row in self._indicators()}

    def rows(self, form):
        return {
            "goals": [
                (goal, form[f"result_{goal.code}_movement"], form[f"result_{goal.code}_text"])
                for goal in self.definition.sub_goals
            ],
            "indicators": [(row, form[f"indicator_{row.code}"]) for row in self._indicators()],
        }


class Account(Part):
    template = "reporting/parts/account.html"

    def fields(self):
        made = {
            f"account_{line.code}_{funder}": MoneyField(label=f"{line.name}, {label.lower()}", required=False)
            for line in self.definition.cost_lines
            for funder, label in contents.FUNDERS.items()
        }
        for field in made.values():
            field.widget.attrs["class"] = "form-control"  # a cell of the grid, not laid out by crispy
        return made

    def initial(self):
        told = self.content.get("account", {})
        return {
            f"account_{line.code}_{funder}": contents.number(told.get(line.code, {}).get(funder, ""))
            for line in self.definition.cost_lines
            for funder in contents.FUNDERS
        }

    def gather(self, data, content):
        content["account"] = {
            line.code: {
                funder: _written(data[f"account_{line.code}_{funder}"]) for funder in contents.FUNDERS
            }
            for line in self.definition.cost_lines
        }

    def rows(self, form):
        return [
            (line, [form[f"account_{line.code}_{funder}"] for funder in contents.FUNDERS])
            for line in self.definition.cost_lines
        ]


class Parties(Part):
    """Nothing to fill in: the page shows what is known."""

    template = "reporting/parts/parties.html"


PARTS = {"initiatives": Initiatives, "results": Results, "account": Account, "parties": Parties}
# Attachments are not taken in yet; the certification is on the page of submission.
ELSEWHERE = ("attachments", "certification")


def _written(amount):
    return "" if amount is None else f"{Decimal(amount):.2f}"


def parts_of(definition, year, content, count):
    return [
        PARTS.get(section.form, Texts)(section, definition, year, content, count=count)
        for section in contents.sections(definition, year)
        if section.form not in ELSEWHERE
    ]
