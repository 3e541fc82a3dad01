"""What a letter says, and the post that takes it or says why not."""

import datetime
import smtplib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from actors.models import User
from digikoord.lib import clock

from ..models import Letter, Purpose
from . import links


@dataclass(frozen=True)
class Refusal:
    """Why a letter was not taken. `reached`: a server answered; `permanent`: it will never take it."""

    text: str
    reached: bool = True
    permanent: bool = False


@dataclass(frozen=True)
class Envelope:
    """A letter ready to go, with the key of the link in it."""

    message: EmailMultiAlternatives
    key: str = ""


@dataclass(frozen=True)
class Needless:
    """There is no longer anything to send, and why."""

    why: str


def compose(letter: Letter) -> Envelope | Needless:
    """The letter as it is sent. A link in it is made here, and kept nowhere but in what goes out."""
    match letter.purpose:
        case Purpose.DAY:
            return _day(letter, cast(User, letter.recipient))
        case Purpose.PASSWORD:
            return _password(letter, cast(User, letter.recipient))
    files = [(one.name, bytes(one.content), one.content_type) for one in letter.attachments.all()]
    return Envelope(_written(letter, "matter", {"files": [name for name, *_rest in files]}, files))


def _day(letter: Letter, person: User) -> Envelope | Needless:
    if not User.objects.told(clock.today()).filter(pk=person.pk).exists():
        return Needless("Mottagaren har ingen behörighet längre.")
    notices = list(letter.notices.current().select_related("obligation").order_by("due", "pk"))
    if not notices:
        return Needless("Allt i brevet hann bli klart.")
    return Envelope(_written(letter, "digest", {"notices": notices}))


def _password(letter: Letter, person: User) -> Envelope | Needless:
    if not person.is_active:
        return Needless("Mottagarens konto är avslutat.")
    if letter.day < clock.today() - datetime.timedelta(days=1):
        return Needless("Ingen väntar på länken längre: den begärdes för mer än ett dygn sedan.")
    key = links.new_key()
    return Envelope(_written(letter, "password", {"link": links.address_of(person, key)}), key=key)


def _written(
    letter: Letter, template: str, told: Mapping[str, object], files: Iterable[tuple[str, bytes, str]] = ()
) -> EmailMultiAlternatives:
    """The e-mail: mail/<template>_subject.txt, .txt and .html."""
    context = {
        "letter": letter,
        "person": letter.recipient,
        "site": settings.SITE_URL,
        "rehearsal": clock.in_rehearsal(),
        **told,
    }
    message = EmailMultiAlternatives(
        subject=" ".join(render_to_string(f"mail/{template}_subject.txt", context).split()),
        body=render_to_string(f"mail/{template}.txt", context),
        to=[letter.address],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    for file in files:
        message.attach(*file)
    return message


class Post:
    """One connection for many letters, opened for the first and again after it has broken."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None
        self.closed_because = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._close()

    def send(self, message: EmailMultiAlternatives) -> Refusal | None:
        """None when the letter was taken, else the Refusal."""
        try:
            connection = self._open()
        except OSError as error:  # smtplib's errors are OSErrors too
            self.closed_because = f"Ingen kontakt med e-postservern: {error}"[:300]
            return Refusal(self.closed_because, reached=False)
        try:
            connection.send_messages([message])
        except (OSError, ValueError) as error:  # ValueError: an address or a header that cannot be written
            refusal = _refusal(error)
            if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                self._close()
            return refusal
        return None

    def _open(self) -> BaseEmailBackend:
        if self.connection is None:
            connection = get_connection()
            connection.open()
            self.connection = connection
        return self.connection

    def _close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _refusal(error: Exception) -> Refusal:
    """What a server's answer means: 5xx about the recipient or the letter is for good, all else for now."""
    code, text = 0, str(error)
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            text = f"{code} {_readable(said)}"
        case smtplib.SMTPSenderRefused():
            text = f"{error.smtp_code} {_readable(error.smtp_error)}"  # our own address: not the recipient's fault
        case smtplib.SMTPResponseException():
            code, text = error.smtp_code, f"{error.smtp_code} {_readable(error.smtp_error)}"
    return Refusal(text or type(error).__name__, permanent=500 <= code < 600)


def _readable(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
