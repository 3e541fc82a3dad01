"""docker-compose.yml, read by Compose itself: no engine is needed for that."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from digikoord import production

ROOT = Path(__file__).resolve().parents[2]
GIVEN = {
    "POSTGRES_PASSWORD": "word",
    "DIGIKOORD_OWNER_PASSWORD": "owner's",
    "DIGIKOORD_APP_PASSWORD": "application's",
    "SECRET_KEY": "key",
    "ALLOWED_HOSTS": "digikoord.example",
    "EMAIL_URL": "smtp://mail.example",
    "DEFAULT_FROM_EMAIL": "digikoord@digikoord.example",
}
OURS = ("roles", "migrate", "web", "worker", "beat")


def compose(**environment):
    program = Path(sys.executable).parent / "docker-compose"
    command = [str(program), "--file", "docker-compose.yml", "config", "--format", "json"]
    bare = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")}
    return subprocess.run(command, cwd=ROOT, env=bare | environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def services():
    done = compose(**GIVEN)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["services"]


def test_it_has_the_processes_of_production(services):
    assert set(services) == {"postgres", "redis", *OURS}


@pytest.mark.parametrize("name", ["postgres", "redis", "web", "worker", "beat"])
def test_what_keeps_running_is_watched(services, name):
    assert services[name]["healthcheck"]["test"]
    assert services[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["postgres", "redis", *OURS])
def test_what_must_survive_is_on_a_volume(services, name):
    assert [volume["type"] for volume in services[name]["volumes"]] == ["volume"]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_get_all_that_production_requires(services, name):
    environment = services[name]["environment"]
    assert environment["DIGIKOORD_MODE"] == "production"
    production.require(environment)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_database_is_ready(services, name):
    waits = services[name]["depends_on"]
    assert waits["migrate"]["condition"] == "service_completed_successfully"
    assert waits["redis"]["condition"] == "service_healthy"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("roles", "postgres"),
        ("migrate", "digikoord_owner"),
        *((name, "digikoord_app") for name in ("web", "worker", "beat")),
    ],
)
def test_each_logs_in_as_the_least_it_needs(services, name, role):
    url = services[name]["environment"]["DATABASE_URL"]
    assert url.startswith(f"postgres://{role}:")
    secrets = {"DIGIKOORD_OWNER_PASSWORD", "POSTGRES_PASSWORD"} & set(services[name]["environment"])
    assert (name == "roles") == bool(secrets), "no container holds a key it does not use"


@pytest.mark.parametrize("name", GIVEN)
def test_a_missing_secret_stops_it(name):
    assert compose(**{key: value for key, value in GIVEN.items() if key != name}).returncode != 0


def test_the_image_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER digikoord"]


def test_the_image_has_the_client_of_the_server(services):
    """pg_dump of another major version is refused; the server's image is named once."""
    image = services["postgres"]["image"]
    assert image.startswith("postgres:")
    for name in OURS:
        assert services[name]["build"]["args"] == {"POSTGRES_IMAGE": image}
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert '"postgresql-client-${tag%%[!0-9]*}"' in dockerfile
    assert 'tag="${tag%%@*}" && tag="${tag##*:}"' in dockerfile
    assert "postgres:1" not in dockerfile
    assert (ROOT / "docker-compose.yml").read_text().count(image) == 1
    for tagged in (image, "postgres:16.4-bookworm@sha256:0a1b", "register.example:5000/postgres:17.1"):
        script = f'tag="{tagged}"; tag="${{tag%%@*}}" && tag="${{tag##*:}}"; echo "${{tag%%[!0-9]*}}"'
        told = subprocess.run(["sh", "-c", script], capture_output=True, text=True).stdout
        assert told.strip() == re.search(r"postgres:(\d+)", tagged)[1]


def test_the_image_gets_only_what_runs():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert "!tests" not in ignored
