import io
import json

import pikepdf
import pytest
from django.template.loader import render_to_string

from digikoord.lib import clock
from grants.models import ProgrammeYear
from reporting.documents import compilation as document
from reporting.models import Compilation, CompilationVersion
from reporting.selectors.compilation import compiled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def version(municipalities):
    year = ProgrammeYear.objects.select_related("programme").get(
        programme=municipalities.programme, year=2022
    )
    return CompilationVersion(
        compilation=Compilation(year=year),
        number=1,
        opened_on=clock.today(),
        texts={"summary": "Första stycket.\n\nAndra <b>stycket</b>."},
    )


def html(version, *, final=False):
    told = compiled(version.year)
    context = document.context(told, document.about_version(version, final))
    return render_to_string("pdf/compilation.html", context)


def test_same_data_gives_the_same_bytes(version):
    first, second = (document.document(version, False, lambda percent: None) for _ in range(2))
    assert first == second


def test_data_holds_the_figures_and_is_carried_inside(version):
    made = document.document(version, True, lambda percent: None)
    assert made.data["money"]["paid"] == "2400000.00"
    assert made.data["approved"] == 5
    assert [row["state"]["key"] for row in made.data["seats"]].count("approved") == 5
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        carried = pdf.attachments["sammanstallning.json"].get_file().read_bytes()
        assert "ekonomi.csv" in pdf.attachments
    assert json.loads(carried) == made.data


def test_progress_is_told_in_order(version):
    told = []
    document.document(version, False, told.append)
    assert told == sorted(told) == [10, 20, 95]


def test_a_draft_says_so_in_words_and_a_final_does_not(version):
    assert "Utkast" in html(version)
    assert "Utkast" not in html(version, final=True)


def test_texts_are_paragraphs_and_never_markup(version):
    page = html(version)
    assert "<p>Första stycket.</p>" in page
    assert "Andra &lt;b&gt;stycket&lt;/b&gt;." in page


def test_missing_reports_are_named(version):
    page = html(version)
    for row in compiled(version.year).left_out:
        assert f"<th>{row.name}</th><td>{row.holder}</td><td>{row.state.why}</td>" in page


def test_a_programme_without_secretariat_has_no_chapter_for_it(version):
    page = html(version)
    assert "Sekretariatets arbete" not in page
    assert "5 av 8" in page
    assert "länen" not in page
