"""A virus scanner's port: clamd's INSTREAM over TCP or a socket of the machine. Without one named, nothing is asked.

A scanner that does not answer in time refuses the file: one that nobody looked at is not opened by somebody else.
"""

import re
import socket
import struct
import time
from dataclasses import dataclass

from django import forms
from django.conf import settings

WAIVED = "none"
SECONDS = 10.0  # for a whole file; a person waits
PING_SECONDS = 0.5
CHUNK = 64 * 1024
MOST_ANSWERED = 4096  # bytes
SILENT = "Filen kunde inte undersökas just nu och har inte sparats. Det du har skrivit står kvar: välj filen igen om en stund."
STOPPED = "Filen stoppades av virusskannern och har inte sparats. Kontakta den du fick den av."


class Unanswered(Exception):
    """The scanner said nothing, or nothing that is an answer."""


@dataclass(frozen=True)
class Port:
    """Where clamd listens: `unix:/path`, or `host:port`."""

    family: int
    address: str | tuple[str, int]


def port(name: str) -> Port | None:
    """The port that the setting names; None where there is none. Raises ValueError for what is no port."""
    if name in ("", WAIVED):
        return None
    if name.startswith("unix:/"):
        return Port(socket.AF_UNIX, name.removeprefix("unix:"))
    found = re.fullmatch(r"([A-Za-z0-9._-]+):([0-9]{1,5})", name)
    if not found:
        raise ValueError(name)
    return Port(socket.AF_INET, (found[1], int(found[2])))


def examine(content: bytes) -> None:
    """Refuse what the scanner finds, and what it does not answer about. Raises ValidationError, for the file's field."""
    where = port(settings.CLAMD)
    if where is None:
        return
    try:
        answer = _asked(where, b"zINSTREAM\0", content, SECONDS)
    except Unanswered as silence:
        raise forms.ValidationError(SILENT, code="silent") from silence
    if answer.endswith(b"FOUND"):
        raise forms.ValidationError(STOPPED, code="stopped")
    if not answer.endswith(b"OK"):
        raise forms.ValidationError(SILENT, code="silent")


def answers() -> bool:
    """Whether the scanner that is named says that it lives."""
    where = port(settings.CLAMD)
    if where is None:
        return True
    try:
        return _asked(where, b"zPING\0", None, PING_SECONDS) == b"PONG"
    except Unanswered:
        return False


def _asked(where: Port, command: bytes, content: bytes | None, seconds: float) -> bytes:
    """The answer without its end. All of it, however slowly it is said, within the time."""
    deadline = time.monotonic() + seconds
    try:
        with socket.socket(where.family, socket.SOCK_STREAM) as there:
            _wait_at_most(there, deadline)
            there.connect(where.address)
            there.sendall(command)
            for at in range(0, len(content or b""), CHUNK):
                part = (content or b"")[at : at + CHUNK]
                _wait_at_most(there, deadline)
                there.sendall(struct.pack("!L", len(part)) + part)
            if content is not None:
                there.sendall(struct.pack("!L", 0))
            return _answer(there, deadline)
    except OSError as error:
        raise Unanswered from error


def _answer(there: socket.socket, deadline: float) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWERED:
        _wait_at_most(there, deadline)
        said = there.recv(MOST_ANSWERED)
        if not said:
            break
        answer += said
    return answer.rstrip(b"\0\n ")


def _wait_at_most(there: socket.socket, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unanswered
    there.settimeout(left)
