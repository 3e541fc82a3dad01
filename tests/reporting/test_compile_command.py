import pytest
from django.core.management import CommandError, call_command

from reporting.actions import compilations, renderings
from reporting.documents.compilation import asked
from reporting.models import CompilationVersion, Purpose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here", "municipalities")]


def compile_(path, year=2022, **options):
    call_command("compile", year, output=path, **options)
    return path.read_bytes()


def test_without_a_version_it_renders_what_is_known_now(tmp_path, municipalities):
    assert compile_(tmp_path / "a.pdf").startswith(b"%PDF-")
    assert not CompilationVersion.objects.exists()


def test_a_frozen_version_gives_the_stored_bytes(tmp_path, municipalities):
    year = municipalities.programme.years.get(year=2022)
    version = compilations.begin(year, by=municipalities.compiler())
    rendering = renderings.request(version, by=municipalities.compiler(), purpose=Purpose.FINAL)
    renderings.render(rendering, asked)
    version.refresh_from_db()
    assert compile_(tmp_path / "a.pdf", programme="dkr-2022") == bytes(version.pdf)


@pytest.mark.parametrize(
    ("year", "options", "says"),
    [(2030, {}, "inget år 2030"), (2022, {"programme": "okand"}, "inte inläst")],
)
def test_says_what_is_wrong(tmp_path, year, options, says):
    with pytest.raises(CommandError, match=says):
        compile_(tmp_path / "a.pdf", year, **options)


def test_says_when_the_file_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="kan inte skrivas"):
        compile_(tmp_path / "saknas" / "a.pdf")
