"""How values are written on the pages. `{% load swedish %}`"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, cast

from django import template
from django.db.models import Model
from django.forms import BoundField
from django.template.defaultfilters import linebreaks  # type: ignore[attr-defined]  # Django has it, its stubs do not
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from digikoord import looks
from digikoord.lib import calendar, clock, columns, money, reading
from grants import money_chain

if TYPE_CHECKING:
    from django.template import Context
    from django.template.base import Parser, Token


register = template.Library()

register.filter("kr", money.kr)
register.filter("amount", money.amount)
register.filter("in_words", money.in_words)


class HasAmount(Protocol):
    @property
    def amount(self) -> Decimal | None: ...


class HasCeiling(Protocol):
    @property
    def ceiling(self) -> Decimal: ...


class HasStatus(Protocol):
    @property
    def status(self) -> str: ...

    def get_status_display(self) -> str: ...


@register.filter
def iso(value: datetime.date | None) -> str:
    """2019-03-26, for tables and fields."""
    return columns.written(value, "date")


@register.filter
def moment(value: datetime.datetime) -> str:
    """2019-03-26 14:05, for the trail."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


@register.filter
def long_date(value: datetime.date | None) -> str:
    """26 mars 2019, for text; never broken between two lines."""
    return columns.MISSING if value is None else formats.date_format(value, "j F Y").replace(" ", money.NBSP)


@register.filter
def percent(value: Decimal | None) -> str:
    """84,5 % for 84.5."""
    return columns.written(value, "percent")


@register.filter
def percentage(value: Decimal | None) -> str:
    """12,5 % for 12.5000: with the decimals that say something, up to the four that can be decided."""
    return f"{figure(value)}{money.NBSP}%"


@register.filter
def figure(value: Decimal | None) -> str:
    """A Decimal with the decimals it was given: 1 250 or 12,5; never more zeros than it says."""
    if value is None:
        return columns.MISSING
    return f"{value.normalize():,f}".replace(",", money.NBSP).replace(".", ",")


@register.filter
def named(code: str, names: Iterable[tuple[str, str]]) -> str:
    """What a code is called, by (code, name) pairs; the code itself where nobody has named it."""
    return dict(names).get(code, code)


@register.filter
def change(value: Decimal | None) -> str:
    """A difference with its sign: +1 250, −3, ±0."""
    if value is None:
        return columns.MISSING
    return f"{'+' if value > 0 else '−' if value else '±'}{figure(abs(value))}"


@register.filter
def said_by(words: str, who: str) -> SafeString:
    """Paragraphs, the first led by whose words they are."""
    said: str = linebreaks(words, autoescape=True)
    return mark_safe(said.replace("<p>", format_html("<p><strong>{}.</strong> ", who), 1))  # noqa: S308 - both escaped


@register.filter
def days_left(day: datetime.date) -> str:
    """How far off a day is, in words: "6 dagar kvar", "i dag", "3 dagar försenad"."""
    left = (day - clock.today()).days
    if left in (0, 1):
        return ("i dag", "i morgon")[left]
    if left == -1:
        return "1 dag försenad"
    return f"{left} dagar kvar" if left > 0 else f"{-left} dagar försenad"


@register.filter
def is_past(day: datetime.date) -> bool:
    return day < clock.today()


@register.filter
def text(column: columns.Column, row: object) -> str:
    """`{{ column|text:row }}`: a column's cell as a person reads it."""
    return column.text(row)


@register.filter
def address(column: columns.Column, row: object) -> str:
    """Where the cell leads, or "" when it leads nowhere."""
    return column.link(row) or "" if column.link else ""


@register.filter
def totals(columns_: Sequence[columns.Column], rows: Iterable[object]) -> list[str] | None:
    return columns.totals(columns_, rows)


@register.filter
def chosen(field: BoundField, key: object) -> bool:
    """Whether a row of a mass act is ticked: as posted, else as the form began, else yes."""
    value = field.value()
    if value is None:
        return not field.form.is_bound
    return str(key) in {str(getattr(one, "pk", one)) for one in value}


@register.filter
def only_chosen(rows: Iterable[reading.Listed], field: BoundField) -> list[reading.Listed]:
    """The ticked rows of a mass act."""
    return [row for row in rows if chosen(field, row.key)]


@register.filter
def mark(row: Model) -> str:
    """What is told of the row now (digikoord/lib/reading.py)."""
    return reading.mark(row)


@register.filter
def sum_of_amounts(rows: Iterable[HasAmount]) -> Decimal:
    return sum((row.amount for row in rows if row.amount is not None), money.ZERO)


@register.filter
def sum_of_ceilings(rows: Iterable[HasCeiling]) -> Decimal:
    return sum((row.ceiling for row in rows), money.ZERO)


@register.filter
def step_bar(steps: Sequence[tuple[str, str, Decimal, str]], at: int) -> SafeString:
    """The bar of one step of the money chain, measured against the first."""
    name, label, value, _note = steps[at]
    return money_chain.measure(f"{label}: {money.kr(value)}", name, value, steps[0][2])


@register.filter
def chip(row: HasStatus) -> SafeString:
    """A row's status as icon and word: `{{ tranche|chip }}`."""
    return status_chip(row.status, row.get_status_display())


@register.simple_tag
def status_chip(status: str, label: str) -> SafeString:
    """`{% status_chip "late" "Försenat svar" %}` where the status is no field of a row."""
    return mark_safe(  # noqa: S308 - rendered by an escaping template
        render_to_string("components/status_chip.html", {"look": looks.of(status), "label": label}).strip()
    )


@register.filter
def look(status: str) -> looks.Look:
    """Icon and tone of a status, step or due state: see looks.py."""
    return looks.of(status)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A Bootstrap icon: silent beside words; with a label it speaks for itself."""
    if label:
        return format_html('<i class="bi bi-{}" role="img" aria-label="{}"></i>', name, label)
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.inclusion_tag("components/last_day.html")
def last_day(last: calendar.LastDay) -> dict[str, calendar.LastDay]:
    """A `calendar.LastDay`: the day that holds, and in words the one that was decided where that is another."""
    return {"last": last}


@register.simple_tag
def last_day_in_words(last: calendar.LastDay) -> str:
    """The same in a letter's sentence: "måndagen den 1 april 2019 (söndagen den 31 mars 2019 är ingen arbetsdag)"."""
    told = long_date(last.day)
    if not last.moved:
        return told
    return (
        f"{told} ({long_date(last.decided)} infaller på en {formats.date_format(last.decided, 'l').lower()})"
    )


@register.filter
def holding(day: object) -> str:
    """The day as the trail tells it: a day that was decided, and the next weekday where it is a free one."""
    decided = datetime.date.fromisoformat(str(day))
    last = calendar.LastDay(decided)
    return f"{decided} (nästa vardag {last.day})" if last.moved else str(decided)


@register.tag
def capture(parser: Parser, token: Token) -> Capture:
    """`{% capture heading %}…{% endcapture %}`: render once, write in several places."""
    _, name = token.split_contents()
    nodes = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(nodes, name)


class Capture(template.Node):
    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - already escaped
        return cast("SafeString", "")
