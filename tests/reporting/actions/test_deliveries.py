"""Delivery, its papers, and the correction through which a late report joins."""

import datetime
import hashlib

import pytest
from django.template.loader import render_to_string

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.models import ProgrammeYear
from records.models import Registration
from reporting.actions import compilations, deliveries, renderings
from reporting.documents import compilation
from reporting.documents import deliveries as papers
from reporting.models import CompilationVersion, Purpose
from tests.factories import walk as walks
from tests.factories.compilation_doors import not_laid_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def established(walk, reason=""):
    year = ProgrammeYear.objects.get(programme=walk.programme, year=2022)
    version = compilations.begin(year, by=walk.compiler(), reason=reason)
    renderings.render(renderings.request(version, by=walk.compiler(), purpose=Purpose.FINAL), not_laid_out)
    version = CompilationVersion.objects.get(pk=version.pk)
    return compilations.establish(version, by=walk.head(), sha256=version.sha256)


@pytest.fixture
def delivered(municipalities):
    version = established(municipalities)
    letter = papers.proposed(version) + "\n\nMed vänlig hälsning"
    return deliveries.deliver(version, by=municipalities.head(), letter=letter, case_number="Ä 2023-17")


def test_the_letter_is_proposed_from_what_is_established(municipalities):
    text = papers.proposed(established(municipalities))
    assert "5 av 8" in text
    assert "2\u00a0400\u00a0000\u00a0kr betalats ut" in text
    assert all(row.place.name in text for row in municipalities.tranches(2022)[5:]), "who is missing"


def test_both_papers_are_registered_as_they_went_out(delivered):
    compiled, letter = Registration.objects.filter(key=delivered.subject().key).order_by("number")
    assert compiled.sha256 == delivered.sha256 == hashlib.sha256(bytes(compiled.document.content)).hexdigest()
    assert "Med vänlig hälsning" in letter.body
    assert letter.sha256 == hashlib.sha256(letter.body.encode()).hexdigest()
    assert {compiled.direction, letter.direction} == {"out"}
    assert {row.party_name for row in (compiled, letter)} == {"Provdepartementet"}
    assert {row.case_number for row in (compiled, letter)} == {"Ä 2023-17"}


def test_markup_in_the_letter_is_text(municipalities):
    version = deliveries.deliver(established(municipalities), by=municipalities.head(), letter="<b>Hej</b>")
    assert "&lt;b&gt;Hej" in Registration.objects.get(key=version.subject().key, body__gt="").body


def test_the_receipt_tells_the_moment_and_is_the_same_each_time(delivered):
    registered = list(Registration.objects.filter(key=delivered.subject().key).order_by("number"))
    first, second = (papers.receipt_pdf(delivered, registered) for _time in range(2))
    assert first.startswith(b"%PDF-")
    assert first == second
    assert delivered.delivered_at.date() == delivered.delivered_on == datetime.date(2023, 3, 1)


def test_a_late_report_joins_through_a_correction(municipalities, delivered):
    late = municipalities.tranches(2022)[-1]
    kept = delivered.sha256
    with standing_at(datetime.date(2023, 3, 20)):
        walks.report(municipalities, late, until="approved")
        with pytest.raises(Refused, match="varför"):
            compilations.begin(delivered.year, by=municipalities.compiler())
        second = established(municipalities, reason="Den sista redovisningen kom in sent.")
    told, about = compilation.read(second.data)
    assert (second.number, told.approved) == (2, 6)
    assert late.place.name not in [row.name for row in told.left_out]
    page = render_to_string("pdf/compilation.html", compilation.context(told, about))
    assert "Den sista redovisningen kom in sent." in page
    first = CompilationVersion.objects.get(number=1)
    assert (first.sha256, compilation.read(first.data)[0].approved) == (kept, 5), "the first stands as it was"
