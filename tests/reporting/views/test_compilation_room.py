"""The room: texts that two write at once, the good examples, the preview, and what is told of the year before."""

import pytest
from django.urls import reverse

from digikoord.lib.plain import plain
from reporting.documents import compilation
from reporting.models import CompilationVersion, Rendering
from reporting.selectors.compilation import compiled
from reporting.tasks import render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


@pytest.fixture
def officer(browse, municipalities):
    return browse(municipalities.compiler())


@pytest.fixture
def version(officer):
    officer.post(page("compilation_begin", "dkr-2022", 2022))
    return CompilationVersion.objects.get()


def write(client, version, text, edition, chapter="summary", **more):
    return client.post(
        page("compilation_write", version.pk, chapter), {"text": text, "edition": edition, **more}
    )


def test_the_later_of_two_meets_the_conflict_and_overwrites_nothing(officer, version):
    assert write(officer, version, "Den första", 0).status_code == 302
    answer = write(officer, version, "Den andra", 0)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Inget av ditt är sparat än" in told
    assert "Den första" in told, "what is saved stands there"
    assert "Den andra" in told, "and so does what was typed"
    version.refresh_from_db()
    assert version.texts == {"summary": "Den första"}
    assert write(officer, version, "Båda", 1).status_code == 302, "another chapter's or time's edition"
    assert write(officer, version, "Slut", 0, "conclusions").status_code == 302, "each chapter counts its own"


def test_a_text_is_at_most_fifty_thousand_characters_and_kept_when_refused(officer, version):
    answer = write(officer, version, "å" * 50_001, 0)
    assert answer.status_code == 422
    assert "50\u00a0001 tecken" in answer.content.decode()
    assert write(officer, version, "å" * 50_000, 0).status_code == 302


def test_a_text_that_could_not_be_shown_is_refused_and_kept_on_the_page(officer, version):
    answer = write(officer, version, "> " * 25 + "djupt", 0)
    assert answer.status_code == 422
    assert "ligger för djupt i varandra" in answer.content.decode()
    assert "djupt</textarea>" in answer.content.decode()


def test_no_chapter_that_does_not_exist_is_written(officer, version):
    assert officer.get(page("compilation_write", version.pk, "hittat-pa")).status_code == 404
    assert officer.get(page("compilation_write", version.pk, "secretariat")).status_code == 404, "none here"


def test_a_chapter_is_previewed_by_a_worker(officer, version, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        preview = {"chapter": "economy"}
        assert officer.post(page("compilation_preview", version.pk), preview).status_code == 302
    first = Rendering.objects.get()
    assert queued[-1] == ("reporting.render", (first.pk,))
    officer.post(page("compilation_preview", version.pk), {"chapter": "economy"})
    assert Rendering.objects.count() == 1, "asked for already"
    render(first.pk)
    assert officer.get(page("rendering_pdf", first.pk)).content.startswith(b"%PDF-")
    officer.post(page("compilation_preview", version.pk), {"chapter": "economy"})
    assert Rendering.objects.get() != first, "the one before is forgotten"
    assert officer.post(page("compilation_preview", version.pk), {"chapter": "x"}).status_code == 404
    assert officer.post(page("compilation_preview", version.pk), {"chapter": "places"}).status_code == 404


def test_saving_leads_on_to_the_preview(officer, version):
    answer = write(officer, version, "Text", 0, then="preview")
    assert answer.url == page("rendering_detail", Rendering.objects.get(chapter="summary").pk)


def test_without_a_year_before_nothing_is_compared(version):
    told = compiled(version.year)
    assert (told.before, told.changes) == (None, ())


def test_the_data_tells_all_that_the_pages_show(version):
    told = compiled(version.year)
    about = compilation.about_version(version, final=True)
    assert compilation.read({"version": plain(about), **plain(told)}) == (told, about)
