import hashlib
import uuid
from collections.abc import Iterable

from django.db import connection, models
from django.db.models import Case, Q, Value, When
from django.urls import reverse

from actors.subject import Subject
from digikoord.lib import clock, constraints
from digikoord.lib.lifecycle import Moving

from ..lifecycle.letter import LETTER, Status
from .notice import Notice


def message_id() -> str:
    """The letter's own Message-ID: the same however often it is tried, so that a double can be told."""
    return f"<{uuid.uuid4().hex}@digikoord>"


class Purpose(models.TextChoices):
    """What a letter is for. The day's gathers what there is to tell; the others are single, of one matter each."""

    DAY = "day", "Dagens brev"
    PASSWORD = "password", "Länk för att välja lösenord"
    ADDRESS = "address", "Besked om en ändrad e-postadress"
    MATTER = "matter", "Brev i ett ärende"


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> "LetterQuerySet":
        """What is to be sent now: single letters, which somebody waits for, before the day's; the longest waiting first."""
        turn = Case(When(purpose=Purpose.DAY, then=Value(1)), default=Value(0))
        rows = self.filter(status=Status.QUEUED, next_try_at__lte=clock.now())
        return rows.order_by(turn, "next_try_at", "pk")

    def claimed(self) -> "LetterQuerySet":
        """Locked, and passing over what another worker has in hand where the database can."""
        skip = connection.features.has_select_for_update_skip_locked
        return self.select_for_update(of=("self",), skip_locked=skip)

    def gathered(self) -> "LetterQuerySet":
        return self.filter(purpose=Purpose.DAY)

    def sent_for(self, actors: Iterable[int]) -> "LetterQuerySet":
        """Those sent for one of the actors (ids): single ones of theirs, and the day's that tell something of theirs."""
        told = models.Exists(Notice.objects.filter(letter=models.OuterRef("pk"), party__in=actors))
        return self.filter(Q(party__in=actors) | told)


class Letter(Moving, models.Model):
    """An e-mail: the day's to a person, or a single one about one matter. A row first: the queue may lose everything.

    The row says what the letter is for, never a secret of it: a link is made when the letter is sent (`Link`).
    """

    LIFECYCLE = LETTER

    purpose = models.CharField(
        "vad brevet är till för", max_length=12, choices=Purpose, default=Purpose.DAY, db_default=Purpose.DAY
    )
    # Nobody, where the address has no person yet
    recipient = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, related_name="letters", verbose_name="mottagare"
    )
    # For whom it is sent, and who sees it; nobody, where that is more than one or the recipient's own business
    party = models.ForeignKey(
        "actors.Actor", models.PROTECT, null=True, related_name="+", verbose_name="part"
    )
    # What a single letter says
    title = models.CharField("ämne", max_length=150, blank=True, default="", db_default="")
    text = models.TextField("text", blank=True, default="", db_default="")
    url = models.CharField("sida", max_length=200, blank=True, default="", db_default="")
    day = models.DateField("dag", default=clock.today)
    address = models.EmailField("adress")
    message_id = models.CharField("Message-ID", max_length=120, unique=True, default=message_id)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    next_try_at = models.DateTimeField("nästa försök", default=clock.now)
    last_error = models.CharField("senaste fel", max_length=300, blank=True)
    sent_at = models.DateTimeField("skickat", null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        db_table = "actors_letter"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "day"], condition=Q(purpose=Purpose.DAY), name="letter_of_a_day_once"
            ),
            constraints.rule("letter_known_purpose", Q(purpose__in=Purpose.values), "Okänt slag av brev."),
            constraints.rule(
                "letter_has_a_recipient",
                Q(recipient__isnull=False) | Q(purpose=Purpose.MATTER),
                "Brevet ska ha en mottagare.",
            ),
            constraints.known_status("letter_known_status", Status),
            constraints.needs(
                "letter_sent_has_when", [Status.SENT], "sent_at", sentence="Ett skickat brev har en tid."
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(status=Status.QUEUED), name="letter_queued"),
        ]

    def __str__(self) -> str:
        if self.is_gathered:
            return f"Brev till {self.to_whom} {self.day}"
        return f"{self.title or self.get_purpose_display()}, till {self.to_whom} {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("access:letter_detail", args=[self.pk])

    @property
    def is_gathered(self) -> bool:
        return self.purpose == Purpose.DAY

    @property
    def to_whom(self) -> str:
        return self.recipient.name if self.recipient else self.address

    def subject(self) -> Subject:
        return Subject(label=str(self)[:200], key=f"letter:{self.pk}", url=self.get_absolute_url())


class Attachment(models.Model):
    """A file that goes with a single letter, kept as it was sent: written once."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attachments")
    name = models.CharField("namn", max_length=120)
    content_type = models.CharField("slag", max_length=80)
    content = models.BinaryField("innehåll")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        db_table = "actors_attachment"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()
