"""The scanner's port: what it finds is refused, and what it does not answer about; a clamd of the test's own says it."""

import socket
import struct
import threading
import time

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from digikoord.lib import scanner
from digikoord.lib.examined import ExaminedField
from digikoord.lib.papers import PaperField
from tests.papers import PDF
from tests.test_architecture import nothing, place, python

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
VIRUS = b"a virus, as far as this clamd knows"


class Clamd:
    """Reads as clamd does, and answers `said`, or as it finds; None: never."""

    def __init__(self, listening, said=b""):
        self.listening, self.said, self.read = listening, said, []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                there, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(there,), daemon=True).start()

    def _answer(self, there):
        with there, there.makefile("rb") as file:
            command = b""
            while not command.endswith(b"\0"):
                command += file.read(1)
            content = b""
            while command == b"zINSTREAM\0" and (length := struct.unpack("!L", file.read(4))[0]):
                content += file.read(length)
            self.read.append(content)
            if self.said is None:
                time.sleep(3)
                return
            found = b"stream: Provvirus FOUND" if VIRUS in content else b"stream: OK"
            there.sendall((self.said or (b"PONG" if command == b"zPING\0" else found)) + b"\0")


@pytest.fixture
def clamd(settings):
    """clamd(said): one that listens, and is named in the settings."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{listening.getsockname()[1]}"
    yield lambda said=b"": Clamd(listening, said)
    listening.close()


@pytest.fixture(autouse=True)
def short_of_patience(monkeypatch):
    monkeypatch.setattr(scanner, "SECONDS", 0.5)


def handed_in(content=PDF, field=None):
    file = SimpleUploadedFile("fil.pdf", content)
    return (field or PaperField(label="Fil")).clean(file)


def test_what_is_clean_is_taken_in_whole(clamd):
    there = clamd()
    assert handed_in().content == PDF
    assert there.read == [PDF]


def test_what_it_finds_is_refused(clamd):
    clamd()
    with pytest.raises(forms.ValidationError, match="virusskannern"):
        handed_in(PDF.replace(b"\n", b"\n%" + VIRUS + b"\n", 1))


@pytest.mark.parametrize("said", [None, b"INSTREAM size limit exceeded. ERROR", b"hej", b"\xff" * 9000])
def test_what_it_does_not_answer_about_is_refused(clamd, said):
    clamd(said)
    began = time.monotonic()
    with pytest.raises(forms.ValidationError, match="står kvar"):
        handed_in()
    assert time.monotonic() - began < 2


def test_one_that_is_away_refuses(settings):
    settings.CLAMD = "127.0.0.1:1"
    with pytest.raises(forms.ValidationError, match="kunde inte undersökas"):
        handed_in()
    assert not scanner.answers()


def test_a_socket_of_the_machine(tmp_path, settings):
    settings.CLAMD = f"unix:{tmp_path / 'clamd'}"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "clamd"))
        listening.listen()
        there = Clamd(listening)
        handed_in(b"x" * 200_000, ExaminedField(most=300_000))
        assert scanner.answers()
    assert there.read[0] == b"x" * 200_000


def test_none_is_asked_where_none_is_named(settings):
    for name in ("", "none"):
        settings.CLAMD = name
        assert handed_in().content == PDF
        assert scanner.answers()


@pytest.mark.parametrize("name", ["clamav", "clamav:", ":3310", "http://a:1", "unix:clamd", "None", "a b:1"])
def test_a_port_that_is_none_is_no_port(name):
    with pytest.raises(ValueError):
        scanner.port(name)


def test_every_file_field_of_ours_is_examined():
    ours = [path for path in python() if path.name != "examined.py"]
    nothing(
        [place(path) for path in ours if "forms.FileField(" in path.read_text()],
        "Use ExaminedField or PaperField",
    )
    nothing(
        [place(path) for path in python() if "request.FILES" in path.read_text() and path.name != "pages.py"]
    )


@pytest.mark.django_db
def test_readiness_says_that_it_is_silent(client, settings):
    settings.CELERY_BROKER_URL = "files://localhost"
    settings.CLAMD = "127.0.0.1:1"
    answer = client.get("/beredskap/")
    assert "virusskanner: fel: svarar inte, filer tas inte emot" in answer.text
    assert answer.status_code == 503
