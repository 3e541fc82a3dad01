"""Reports in unusual shapes, compiled, laid out and read back."""

import io
from dataclasses import replace

import pypdf
import pytest

from digikoord.bench import made_up
from digikoord.lib.plain import plain
from reporting import content as contents
from reporting.documents import compilation, on_screen

SAMI = "Sápmi áčđŋšŧžǩǥ ÁČĐŊŠŦŽǨǤ é ü"


@pytest.fixture(scope="module")
def data():
    """An empty year; forty initiatives of a Sami name; an answer of 5 000 words with emoji, control characters and markup."""
    rules = made_up.definition()
    many = made_up.content_of(rules, "03", SAMI)
    deed = many["initiatives"][0]
    many["initiatives"] = [
        {**deed, "id": at, "title": f"Insats {at}", "good_example": at == 7} for at in range(1, 41)
    ]
    long = made_up.content_of(rules, "04", "Långt län")
    long["texts"]["obstacles"] = (
        "\n\n".join(["hinder " * 50] * 100) + "\n\nSista \U0001f642 \x07 <b>fet</b> ≤ ✓ ordet"
    )
    seats = [
        made_up.seat(rules, "01", "Tomt län", contents.blank(rules), county="01"),
        made_up.seat(rules, "03", SAMI, many, county="03"),
        replace(made_up.seat(rules, "04", "Långt län", long, county="04"), hidden=2),
        made_up.seat(rules, "05", "Saknat län", None, county="05"),
    ]
    texts = {"summary": "# Rubrik\n\n<script>alert(1)</script> ![x](https://exempel.se/x.png)"}
    told, about = made_up.compilation(rules, seats, texts=texts)
    return {"version": plain(about), **plain(told)}


@pytest.fixture(scope="module")
def text(data):
    reader = pypdf.PdfReader(io.BytesIO(compilation.again(data)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_every_letter_is_written_and_every_emoji_visibly_replaced(text):
    assert SAMI in text
    assert "Sista □" in text
    assert "<b>fet</b> ≤ ✓ ordet" in text


def test_no_initiative_and_no_word_is_lost(text):
    for at in range(1, 41):
        assert f"Insats {at}" in text
    assert text.count("hinder") >= 10_000, "in the chapter, and on the county's own page"


def test_an_empty_year_and_a_missing_one_are_told_apart(text):
    assert "Redovisning saknas." in text
    assert "3 av 4" in text


def test_claimed_secrets_are_counted_on_the_page(text):
    assert "2 uppgifter är sekretessmarkerade av aktören och ingår inte." in text


def test_scripts_are_text_and_pictures_are_links(text):
    assert "<script>alert(1)</script>" in text
    assert "(https://exempel.se/x.png)" in text


def page(data, name):
    told, about = compilation.read(data)
    context = {**compilation.context(told, about), **compilation.part(told, name)}
    return on_screen.chapter(context, lambda anchor: f"/till/{anchor}")


def test_the_same_words_stand_on_screen(data):
    place = page(data, "places-03")
    assert SAMI in place
    assert "<h1" not in place
    assert place.count('class="table-frame"') == place.count("<table") - place.count('class="facts')


def test_a_table_on_screen_says_what_its_headers_head(data):
    economy = page(data, "economy")
    assert 'scope="col"' in economy
    assert 'scope="row"' in economy
    assert 'aria-label="Medlen 2019, kronor"' in economy
    assert "<sup" in economy, "footnotes are numbered"
    assert 'class="footnote">1</sup>' in economy


def test_links_lead_to_the_pages_of_the_chapters(data):
    assert 'href="/till/bilaga-3"' in page(data, "economy")
    places = page(data, "places")
    assert 'href="/till/plats-03"' in places
    assert "Insats 7" not in places, "each place has a page of its own"
