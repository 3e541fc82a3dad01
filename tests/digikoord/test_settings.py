"""The two modes, each started as a process of its own: settings are read once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import formats

from digikoord import contact, embedded, production, secret_files
from digikoord.checks import no_rehearsal_in_production
from digikoord.models import Stage
from digikoord.rooms import OURS
from tests.production import ALSO_GIVEN, KEY

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DIGIKOORD_MODE": "production",
    "DATABASE_URL": "postgres://user:word@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "digikoord.example",
    "EMAIL_URL": "smtp://user:word@mail.example:587",
    "DEFAULT_FROM_EMAIL": "digikoord@digikoord.example",
    **ALSO_GIVEN,
}


def manage(*arguments, **environment):
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=bare | environment, capture_output=True, text=True)


def test_production_passes_djangos_deployment_check(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, DIGIKOORD_VAR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_names_everything_missing_in_one_sentence(tmp_path):
    done = manage("check", DIGIKOORD_MODE="production", DIGIKOORD_VAR=str(tmp_path))
    sentence = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert all(name in sentence for name in production.REQUIRED)


@pytest.mark.parametrize("name", production.REQUIRED)
def test_production_requires_each(name):
    with pytest.raises(ImproperlyConfigured, match=name):
        production.require(PRODUCTION | {name: " "})


@pytest.mark.parametrize(
    "key", ["kort", "x" * 49, "a" * 80, "abcabcabc" * 9, "django-insecure-" + KEY], ids=len
)
def test_production_refuses_a_key_that_can_be_guessed(key):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        production.require(PRODUCTION | {"SECRET_KEY": key})


@pytest.mark.parametrize(
    "named",
    [
        {"DIGIKOORD_CONTACT_EMAIL": "växeln"},
        {"DIGIKOORD_CONTACT_PHONE": "växeln"},
        {"DIGIKOORD_CONTACT_AUTHORITY": "Övningsmyndigheten (påhittad)"},
        contact.REHEARSED,
    ],
)
def test_production_refuses_a_contact_that_leads_nowhere(named):
    with pytest.raises(ImproperlyConfigured, match="DIGIKOORD_CONTACT"):
        production.require(PRODUCTION | named)


def test_a_mode_that_is_misspelt_starts_nothing():
    with pytest.raises(ImproperlyConfigured, match="prodction"):
        production.mode("prodction")
    assert production.mode("") == "embedded"


def test_the_image_is_made_without_secrets(tmp_path):
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert "RUN DIGIKOORD_MODE=collecting python manage.py collectstatic --noinput --verbosity 0" in lines
    given = {"DIGIKOORD_VAR": str(tmp_path), "DIGIKOORD_STATIC": str(tmp_path / "static")}
    done = manage("collectstatic", "--noinput", "--dry-run", DIGIKOORD_MODE="collecting", **given)
    assert done.returncode == 0, done.stderr


def test_secrets_are_read_from_files(tmp_path):
    for name, value in {"key": KEY, "word": "p@ss/w:ord åäö", "empty": ""}.items():
        (tmp_path / name).write_text(f"{value}\n")
    told = PRODUCTION | {"SECRET_KEY": "", "SECRET_KEY_FILE": str(tmp_path / "key")}
    told |= {"DATABASE_URL": "postgres://app@db:5432/a", "DATABASE_PASSWORD_FILE": str(tmp_path / "word")}
    told |= {"REDIS_URL": "redis://redis:6379/0", "REDIS_PASSWORD_FILE": str(tmp_path / "word")}
    secret_files.fill(told)
    assert told["SECRET_KEY"] == KEY
    assert told["DATABASE_URL"] == "postgres://app:p%40ss%2Fw%3Aord%20%C3%A5%C3%A4%C3%B6@db:5432/a"
    assert told["REDIS_URL"].startswith("redis://:p%40ss")
    production.require(told)
    for wrong, said in (
        ({"SECRET_KEY_FILE": str(tmp_path / "none")}, "går inte att läsa"),
        ({"SECRET_KEY_FILE": str(tmp_path / "empty")}, "är tom"),
        ({"SECRET_KEY": KEY, "SECRET_KEY_FILE": str(tmp_path / "key")}, "Välj en"),
    ):
        with pytest.raises(ImproperlyConfigured, match=said):
            secret_files.fill(dict(wrong))


@pytest.mark.parametrize("name", ["clamav", "http://clamav:3310", "nej"])
def test_production_names_its_scanner_or_waives_it_in_words(name):
    with pytest.raises(ImproperlyConfigured, match="DIGIKOORD_CLAMD"):
        production.require(PRODUCTION | {"DIGIKOORD_CLAMD": name})


def test_production_starts_with_all_of_it():
    production.require(PRODUCTION)


def test_letters_of_production_point_at_its_own_host(tmp_path):
    code = "from django.conf import settings; print(settings.SITE_URL)"
    given = {**PRODUCTION, "ALLOWED_HOSTS": ".digikoord.example,localhost", "DIGIKOORD_VAR": str(tmp_path)}
    for site, expected in (
        ("", "https://digikoord.example"),
        ("https://annan.example/", "https://annan.example"),
    ):
        done = manage("shell", "--no-imports", "-c", code, **given, SITE_URL=site)
        assert done.stdout.strip() == expected, done.stderr


def test_production_plays_no_rehearsal(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="DIGIKOORD_MODE=production"):
        call_command("rehearse", "--to", "2018-07-12")


def test_a_day_that_is_none_is_told_in_swedish():
    with pytest.raises(CommandError, match="inget datum"):
        call_command("rehearse", "--to", "2019-13-01")


def test_production_requires_postgresql():
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL"):
        production.require(PRODUCTION | {"DATABASE_URL": "sqlite:///somewhere"})


@pytest.mark.django_db
@pytest.mark.both_engines
def test_production_refuses_a_rehearsed_database(settings, client):
    settings.PRODUCTION = True
    assert no_rehearsal_in_production(databases=["default"]) == []
    Stage.objects.create(pk=1, rehearsal=True, today="2019-03-20")
    (error,) = no_rehearsal_in_production(databases=["default"])
    assert error.id == "digikoord.E001"
    with pytest.raises(ImproperlyConfigured, match="övning"):
        client.get("/kontakt/")
    settings.PRODUCTION = False
    assert no_rehearsal_in_production(databases=["default"]) == []


def test_embedded_needs_nothing_and_keeps_to_its_folder(tmp_path):
    var = tmp_path / "elsewhere"
    done = manage("check", DIGIKOORD_VAR=str(var))
    assert done.returncode == 0, done.stderr
    assert (var / "secret-key").stat().st_mode & 0o077 == 0


def test_the_secret_key_is_made_once(tmp_path):
    first = embedded.secret_key(tmp_path)
    assert len(first) >= 50
    assert embedded.secret_key(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_dates_are_read_as_iso_only():
    assert formats.get_format("DATE_INPUT_FORMATS", lang="sv") == ["%Y-%m-%d"]
    assert formats.get_format("DECIMAL_SEPARATOR", lang="sv") == ","


@pytest.mark.django_db
def test_health_answers_without_login(client):
    answer = client.get("/halsa/")
    assert answer.status_code == 200
    assert answer.content == b"ok"


def test_system_checks_are_clean():
    call_command("check", fail_level="WARNING")


def test_no_setting_of_ours_moves_the_clock():
    """The operation's tests move it from outside; the image has no tests, and the code knows no such thing."""
    root = Path(production.__file__).parents[1]
    for app in OURS:
        for path in (root / app).rglob("*.py"):
            assert "DIGIKOORD_CLOCK" not in path.read_text(), path
            assert "tests.operation" not in path.read_text(), path
