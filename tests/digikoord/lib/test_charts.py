import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from actors import county_map
from digikoord.lib import charts
from grants import money_chain

SVG = "{http://www.w3.org/2000/svg}"
TOKENS = Path("static/css/tokens.css").read_text(encoding="utf-8")
AMOUNTS = [("Löner <och> lön", Decimal(300)), ("Resor", Decimal(100)), ("Övrigt", None)]


def drawing(content):
    """The figure itself; its legend is HTML beside it."""
    return etree.fromstring(content[: content.index("</svg>") + 6].encode())


FIGURES = {
    "bars": lambda: charts.bars("Kostnader", AMOUNTS),
    "chain": lambda: money_chain.chain("Kostnader", [("ceiling", Decimal(5)), ("granted", Decimal(4))]),
    "county_map": lambda: county_map.county_map("Kostnader", [("a", "Godkänd")], {"01": "a"}),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_it_is(name):
    svg = drawing(FIGURES[name]())
    assert svg.get("role") == "img"
    assert svg[0].tag == f"{SVG}title"
    assert svg[0].text == svg.get("aria-label") == "Kostnader"


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_same_each_time_and_never_transparent(name):
    content = FIGURES[name]()
    assert content == FIGURES[name]()
    assert "opacity" not in content


def test_bars_are_measured_against_the_longest():
    svg = drawing(charts.bars("Kostnader", AMOUNTS))
    widths = [float(bar.get("width")) for bar in svg.iter(f"{SVG}rect")][1::2]
    assert widths == [charts.WIDTH, charts.WIDTH / 3, 0]
    assert [text.text for text in svg.iter(f"{SVG}text")][-1] == "–"


@pytest.mark.parametrize("values", [[], [("Löner", None)], [("Löner", Decimal(0))]])
def test_nothing_to_draw_is_no_error(values):
    drawing(charts.bars("Kostnader", values))
    drawing(money_chain.chain("Kostnader", [("ceiling", value) for _, value in values]))


def test_the_chain_ends_with_what_is_to_be_repaid():
    steps = {"ceiling": 100, "granted": 100, "paid": 80, "used": 60, "repay": 20}
    svg = drawing(money_chain.chain("Pengarna", [(name, Decimal(value)) for name, value in steps.items()]))
    repay = [bar for bar in svg.iter(f"{SVG}rect") if bar.get("fill") == charts.INK["repay"]]
    assert float(repay[0].get("x")) == 0.6 * charts.WIDTH
    assert float(repay[0].get("width")) == 0.2 * charts.WIDTH


def test_the_map_has_every_county_named_and_counted():
    content = county_map.county_map(
        "Läget", [("a", "Godkänd"), ("b", "Saknas")], {"01": "a", "25": "b", "12": "a"}
    )
    names = [group[0].text for group in drawing(content).iter(f"{SVG}g")]
    assert len(names) == 21
    assert names[0] == "Stockholms län: Godkänd"
    assert names[-1] == "Norrbottens län: Saknas"
    assert re.findall(r"<span>(.*?)</span> <strong>(\d+)</strong>", content) == [
        ("Godkänd", "2"),
        ("Saknas", "1"),
    ]


def test_categories_differ_by_pattern_and_not_only_by_colour():
    assert len({(pattern, fill if not pattern else "") for fill, pattern in charts.FILLS}) == len(
        charts.FILLS
    )


def test_the_money_colours_are_those_of_the_tokens():
    for name, colour in charts.INK.items():
        assert f"--dk-{name}: {colour};" in TOKENS
