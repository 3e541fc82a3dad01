"""Form fields as Swedish officials type: kronor with spaces and a decimal comma, days as ISO."""

import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet

from . import clock, numbers
from .money import amount

LARGEST = 9_999_999_999
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
LONGEST_PROSE = 50_000  # characters: some 7 000 words


class TypedNumber:
    """Marks every field that a number is typed in: all read it by `numbers.typed`, and by nothing else."""


def _text_input(mode: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})


class NumberField(TypedNumber, forms.DecimalField):
    """A number with a decimal comma. What `numbers.typed` does not read is refused in `invalid`'s words."""

    default_error_messages = {"invalid": "Skriv ett tal, till exempel 12 eller 12,5."}

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # as DecimalField's own
        if isinstance(value, str) and value.strip():
            try:
                value = numbers.typed(self.tidied(value))
            except numbers.NotANumber:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)

    def tidied(self, text: str) -> str:
        """The text without the unit that may stand after the number."""
        return text

    def prepare_value(self, value: object) -> object:
        """As typed; a stored number without needless decimals."""
        if value is None or isinstance(value, str):
            return value
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


class MoneyField(NumberField):
    """Kronor, at most two decimals: `500000`, `500 000`, `500 000,50`, `500 000 kr`."""

    default_error_messages = {
        "invalid": "Skriv beloppet i kronor, till exempel 500 000 eller 500 000,50.",
        "max_decimal_places": "Skriv högst två decimaler (öre).",
    }

    def __init__(
        self,
        *,
        min_value: Decimal | int = 0,
        **kwargs: Any,  # what forms.DecimalField takes
    ) -> None:
        defaults: dict[str, Any] = {  # ... too
            "max_digits": 14,
            "decimal_places": 2,
            "max_value": LARGEST,
            "widget": _text_input("decimal"),
        }
        super().__init__(min_value=min_value, **{**defaults, **kwargs})

    def tidied(self, text: str) -> str:
        return text.strip().lower().removesuffix("kr")

    def prepare_value(self, value: object) -> object:
        """As typed; a stored amount without needless decimals."""
        if value is None or isinstance(value, str):
            return value
        return f"{value:.2f}".removesuffix(".00").replace(".", ",")


class PercentField(NumberField):
    """A part of a hundred, at most four decimals: `12,5`, `12,5 %`."""

    default_error_messages = {
        "invalid": "Skriv procenttalet med siffror, till exempel 12 eller 12,5.",
        "max_decimal_places": "Skriv högst fyra decimaler.",
    }

    def __init__(
        self,
        *,
        min_value: Decimal | int = 0,
        max_value: Decimal | int = 100,
        **kwargs: Any,  # what forms.DecimalField takes
    ) -> None:
        defaults = {"max_digits": 7, "decimal_places": 4, "widget": _text_input("decimal")}
        super().__init__(min_value=min_value, max_value=max_value, **{**defaults, **kwargs})

    def tidied(self, text: str) -> str:
        return text.strip().removesuffix("%")


class WholeField(NumberField):
    """A whole number: a count, or a version that a page was read at. Cleans to an int."""

    default_error_messages = {
        "invalid": "Skriv ett heltal med siffror, till exempel 12.",
        "max_decimal_places": "Skriv ett heltal.",
    }

    def __init__(self, **kwargs: Any) -> None:  # what forms.DecimalField takes
        defaults = {"max_digits": 9, "decimal_places": 0, "widget": _text_input("numeric")}
        super().__init__(**{**defaults, **kwargs})

    def clean(self, value: object) -> int | None:
        found = super().clean(value)
        return None if found is None else int(found)


class DayField(forms.DateField):
    """A day, written 2019-03-26 and in no other way."""

    default_error_messages = {"invalid": "Skriv dagen som år-månad-dag, till exempel 2019-03-26."}

    def __init__(self, **kwargs: Any) -> None:  # what forms.DateField takes
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d"], **{"widget": widget, **kwargs})

    def to_python(self, value: str | datetime.datetime | datetime.date | None) -> datetime.date | None:
        """No programme reaches outside these years, and days are counted on from what is typed here."""
        day = super().to_python(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(f"Skriv en dag mellan {FIRST_DAY} och {LAST_DAY}.", code="invalid")
        return day


class TrueDayForm(forms.Form):
    """The day of an act that may be registered afterwards; as it opens, today."""

    on = DayField(
        label="Skedde den",
        required=False,
        initial=clock.today,
        help_text="Ändra bara om det skedde en tidigare dag och registreras i efterhand.",
    )


class ChooseForm(forms.Form):
    """The rows of a previewed mass act; all are chosen until somebody says otherwise."""

    rows: "forms.ModelMultipleChoiceField[Model]" = forms.ModelMultipleChoiceField(
        queryset=None, label="Rader", error_messages={"required": "Välj minst en rad."}
    )

    def __init__(self, *args: Any, rows: QuerySet[Model], **kwargs: Any) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Model]", self.fields["rows"])
        field.queryset = rows
        field.initial = rows


# What is never seen and can only deceive: control characters but tab and line break, zero-width ones, fillers, turns of
# direction, tags, and what is no character. Joiners of emoji go too; our documents write no emoji.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufdd0-\ufdef"
    "\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)

BREAKS = re.compile(r"[\t\n]+")


def tidy(text: str) -> str:
    """The text as a reader would see it: line breaks as \\n, letters composed, nothing invisible."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return INVISIBLE.sub("", text)


class TidyField(forms.CharField):
    """Every text that a person types: what is never seen in it is taken away. Ours have no other kind of text field."""

    def to_python(self, value: object) -> str | None:
        if isinstance(value, str):
            value = tidy(value)
            if not isinstance(self.widget, forms.Textarea):
                value = BREAKS.sub(" ", value)  # one line stays one: it may become the subject of a letter
        return super().to_python(value)


class LegalBasisField(TidyField):
    """On what ground of law something is decided."""

    def __init__(self, **kwargs: Any) -> None:  # what forms.CharField takes
        super().__init__(**{"label": "Rättslig grund", "max_length": 200, **kwargs})


class ProseField(TidyField):
    """A text of several lines, or one (`rows=0`), of at most `max_length` characters."""

    def __init__(
        self,
        *,
        rows: int = 4,
        max_length: int = LONGEST_PROSE,
        **kwargs: Any,  # what forms.CharField takes
    ) -> None:
        widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(**{"widget": widget, **kwargs})
        self.most = max_length

    def clean(self, value: object) -> str:
        """Counted as it will be kept: a browser counts line breaks as two."""
        text: str = super().clean(value)
        if len(text) > self.most:
            told, most = amount(len(text)), amount(self.most)
            raise forms.ValidationError(f"Texten är {told} tecken. Den får vara högst {most}.")
        return text


class ReasonField(ProseField):
    """A reason somebody else will read."""

    def __init__(self, *, label: str = "Skäl", **kwargs: Any) -> None:  # what ProseField takes
        super().__init__(label=label, **{"rows": 3, "max_length": 2000, **kwargs})


class ReasonForm(forms.Form):
    reason = ReasonField()
