"""docker-compose.yml, read by Compose itself: no engine is needed for that."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from digikoord import production, secret_files
from tests.production import ALSO_GIVEN, KEY

ROOT = Path(__file__).resolve().parents[2]
GIVEN = {
    "ALLOWED_HOSTS": "digikoord.example",
    "DEFAULT_FROM_EMAIL": "digikoord@digikoord.example",
    **ALSO_GIVEN,
}
SECRETS = {
    "postgres_password": "superuser's",
    "owner_password": "owner's",
    "app_password": "application's/@:",
    "redis_password": "queue's",
    "secret_key": KEY,
    "email_url": "smtp://mail.example",
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


@pytest.fixture
def filled(services, tmp_path):
    """filled(name): what a container's settings read, from its own secrets and no others."""
    for secret, value in SECRETS.items():
        (tmp_path / secret).write_text(f"{value}\n")

    def environment(name):
        held = {row["target"].rpartition("/")[2] for row in services[name]["secrets"]}
        named = services[name]["environment"]
        asked = {value.rpartition("/")[2] for key, value in named.items() if key.endswith("_FILE")}
        assert asked == held, "no container holds a key it does not use"
        found = {key: value.replace("/run/secrets", str(tmp_path)) for key, value in named.items()}
        secret_files.fill(found)
        return found

    return environment


@pytest.mark.parametrize("name", OURS)
def test_our_containers_get_all_that_production_requires(filled, name):
    environment = filled(name)
    assert environment["DIGIKOORD_MODE"] == "production"
    assert environment["REDIS_URL"] == "redis://:queue%27s@redis:6379/0"
    production.require(environment)


def test_no_secret_stands_in_a_containers_environment(services):
    told = json.dumps(services)
    assert not [value for value in SECRETS.values() if value in told]
    for service in services.values():
        loose = [
            name
            for name in service.get("environment") or {}
            if name.endswith(("PASSWORD", "_KEY", "EMAIL_URL"))
        ]
        assert not loose


@pytest.mark.parametrize("name", ["postgres", "redis", *OURS])
def test_what_a_container_does_not_need_it_does_not_have(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["mem_limit"]) <= 2 * 1024**3
    assert 0 < float(service["cpus"]) <= 2
    assert service["pids_limit"] == 200
    assert any(row.startswith("/tmp") for row in service["tmpfs"])
    assert service.get("user", "digikoord") in ("postgres", "redis", "digikoord")


def images(**environment):
    found = json.loads(compose(**GIVEN, **environment).stdout)["services"]
    args = found["web"]["build"]["args"]
    return [found["postgres"]["image"], found["redis"]["image"], args["PYTHON_IMAGE"], args["NODE_IMAGE"]]


def test_each_image_has_its_full_version_in_one_place_and_may_be_named_by_digest():
    for image in images():
        assert re.search(r":\d+\.\d+(\.\d+)?-", image), image
    digest = "sha256:" + "0" * 64
    named = {f"{name}_IMAGE": f"x@{digest}" for name in ("POSTGRES", "REDIS", "PYTHON", "NODE")}
    assert images(**named) == [f"x@{digest}"] * 4
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert {line.split()[1] for line in lines if line.startswith("FROM ")} == {
        "${NODE_IMAGE}",
        "${PYTHON_IMAGE}",
    }


def test_the_queue_asks_for_its_password(services):
    told = services["redis"]
    assert "requirepass" in " ".join(told["command"])
    assert "REDISCLI_AUTH" in told["healthcheck"]["test"][1]
    assert all(service.get("ports") is None for name, service in services.items() if name != "web")


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
def test_each_logs_in_as_the_least_it_needs(services, filled, name, role):
    assert filled(name)["DATABASE_URL"].startswith(f"postgres://{role}:")
    held = {row["source"] for row in services[name]["secrets"]}
    assert ("postgres_password" in held) == (name == "roles")
    assert ("owner_password" in held) == (name in ("roles", "migrate"))


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
        assert services[name]["build"]["args"]["POSTGRES_IMAGE"] == image
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
