"""What the PDF says, read out of the PDF, against the database: figure by figure and place by place."""

import io
import re

import pypdf
import pytest

from digikoord.lib.money import amount
from grants.models import Tranche
from reporting.models import ReportVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture(scope="module")
def pages(made):
    """The text of each page, with plain spaces."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(made.pdf)).pages]


def plain(kronor):
    return re.sub(r"\s", " ", amount(kronor))


def page_of(pages, name):
    """All the pages of a place in the appendix, from its own heading to the next place's."""
    first = next(at for at, text in enumerate(pages) if f"{name}: medlen 2022, kronor" in text)
    return " ".join(pages[first : first + 3])


def test_each_places_money_is_the_databases(municipalities, pages):
    for row in municipalities.tranches(2022):
        tranche = Tranche.objects.with_money().get(pk=row.pk)
        told = page_of(pages, row.place.name)
        after = told[told.index(f"{row.place.name}: medlen") :][:400]
        version = ReportVersion.objects.filter(report__tranche=row, report__status="approved").last()
        expected = [tranche.ceiling, tranche.amount, tranche.balance.requisitioned, tranche.balance.paid]
        figures = [plain(value) for value in expected]
        figures += (
            [f"{plain(version.used)} p", f"{plain(tranche.balance.paid - version.used)} p"]
            if version
            else ["–", "–"]
        )
        assert " ".join(figures) in after, row.place.name


def test_the_costs_of_each_place_are_what_it_reported(municipalities, pages):
    for row in municipalities.tranches(2022):
        version = ReportVersion.objects.filter(report__tranche=row, report__status="approved").last()
        if version:
            told = page_of(pages, row.place.name)
            assert f"Summa {plain(version.used)} – –" in told


def test_the_indicators_of_each_place_are_what_it_reported(municipalities, pages, made):
    text = " ".join(
        pages[next(at for at, page in enumerate(pages) if "Bilaga 2. Indikatorer" in page and at > 3) :]
    )
    for table in made.data["indicators"]:
        for name, values in table["rows"]:
            written = " ".join("–" if value is None else value for value in values)
            assert f"{name} {written}" in text


def test_missing_reports_are_named_on_the_page_too(municipalities, pages):
    whole = " ".join(pages)
    for row in municipalities.tranches(2022)[5:]:
        assert row.place.name in whole
    assert whole.count("Redovisning saknas.") == 3


def test_a_link_is_written_with_its_address(pages):
    assert "länk (https://exempel.se/a)" in " ".join(pages)


def test_the_contents_say_on_which_page_each_chapter_is(pages):
    contents = next(
        text
        for text in pages
        if (text.startswith("Digital") and "Innehåll" in text) or "Innehåll Missiv" in text
    )
    for title in ("Ekonomi", "Slutsatser", "Bilaga 2. Indikatorer"):
        number = int(re.search(rf"{re.escape(title)}[ .]*?(\d+)", contents)[1])
        assert title in pages[number - 1]
