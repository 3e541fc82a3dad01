import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template

from digikoord import looks
from digikoord.lib import clock
from digikoord.lib.calendar import LastDay
from digikoord.lib.columns import Column

NBSP = "\u00a0"
DAY = datetime.date(2019, 3, 26)


def render(source, **context):
    return Template("{% load swedish %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "written"),
    [
        ("{{ v|kr }}", Decimal(10500000), f"10{NBSP}500{NBSP}000{NBSP}kr"),
        ("{{ v|amount }}", Decimal("1000.5"), f"1{NBSP}000,50"),
        ("{{ v|kr }}", None, "–"),
        ("{{ v|iso }}", DAY, "2019-03-26"),
        ("{{ v|iso }}", None, "–"),
        ("{{ v|long_date }}", DAY, f"26{NBSP}mars{NBSP}2019"),
        ("{{ v|percent }}", Decimal("84.5"), f"84,5{NBSP}%"),
        ("{{ v|percent }}", 100, f"100{NBSP}%"),
        ("{{ v|moment }}", datetime.datetime(2019, 3, 26, 12, 4, tzinfo=datetime.UTC), "2019-03-26 13:04"),
    ],
)
def test_values_are_written_in_swedish(source, value, written):
    assert render(source, v=value) == written


@pytest.mark.parametrize(
    ("day", "words"),
    [(20, "i dag"), (21, "i morgon"), (26, "6 dagar kvar"), (19, "1 dag försenad"), (1, "19 dagar försenad")],
)
def test_days_left_in_words(day, words):
    with clock.standing_at(datetime.date(2019, 3, 20)):
        assert render("{{ v|days_left }}", v=datetime.date(2019, 3, day)) == words


def test_a_status_is_an_icon_and_a_word():
    row = SimpleNamespace(status="granted", get_status_display=lambda: "Beviljad <b>")
    html = render("{{ row|chip }}", row=row)
    assert "bi-check-circle-fill" in html
    assert "Beviljad &lt;b&gt;" in html
    assert "chip-quiet" in render('{% status_chip "never-heard-of" "Okänd" %}')


def test_an_icon_is_silent_unless_it_speaks():
    assert render('{% icon "send" %}') == '<i class="bi bi-send" aria-hidden="true"></i>'
    assert 'aria-label="Skickat"' in render('{% icon "send" "Skickat" %}')


def test_a_moved_last_day_shows_both_days():
    html = render("{% last_day last %}", last=LastDay(datetime.date(2018, 12, 1)))
    assert "2018-12-03" in html
    assert "flyttad från lördag 2018-12-01" in html
    assert "flyttad" not in render("{% last_day last %}", last=LastDay(DAY))
    kept = render("{% last_day last %}", last=LastDay(datetime.date(2018, 12, 1), ground=""))
    assert "2018-12-01" in kept
    assert "flyttad" not in kept


def test_captured_text_is_rendered_once_and_stays_escaped():
    html = render(
        "{% capture heading %} {{ v }} {% endcapture %}<h1>{{ heading }}</h1><p>{{ heading }}</p>", v="<b>"
    )
    assert html == "<h1>&lt;b&gt;</h1><p>&lt;b&gt;</p>"


class Mass(forms.Form):
    tranches = forms.MultipleChoiceField(choices=[("1", "a"), ("2", "b")])


@pytest.mark.parametrize(
    ("form", "ticked"),
    [
        (Mass(), "12"),
        (Mass(initial={"tranches": [SimpleNamespace(pk=2)]}), "2"),
        (Mass({"tranches": ["1"]}), "1"),
        (Mass({}), ""),
    ],
)
def test_rows_stay_ticked_as_the_person_left_them(form, ticked):
    source = "{% for row in rows|only_chosen:field %}{{ row.key }}{% endfor %}"
    rows = [SimpleNamespace(key=1), SimpleNamespace(key=2)]
    assert render(source, rows=rows, field=form["tranches"]) == ticked


def test_a_table_has_headings_links_and_a_foot():
    columns = (
        Column("name", "Län", link=lambda row: f"/lan/{row['code']}/"),
        Column("amount", "Belopp, kr", "money", total=True),
    )
    rows = [{"name": "Skåne län", "code": "12", "amount": Decimal(500)}]
    html = render('{% include "components/table.html" with caption="Län" %}', columns=columns, rows=rows)
    assert '<th scope="row"><a href="/lan/12/">Skåne län</a></th>' in html
    assert html.count('scope="col"') == 2
    assert html.count('<td class="num">500</td>') == 1
    assert "<caption>Län</caption>" in html


def test_every_look_has_a_tone_the_style_sheet_knows():
    tones = {look.tone for look in looks.LOOKS.values()}
    assert tones == {looks.GOOD, looks.BUSY, looks.WAIT, looks.BAD, looks.QUIET}
