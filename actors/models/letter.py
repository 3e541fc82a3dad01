import uuid

from django.db import connection, models
from django.db.models import Q
from django.urls import reverse

from digikoord.lib import clock, constraints, lifecycle

from ..lifecycle.letter import LETTER, Status
from ..subject import Subject


def message_id():
    """The letter's own Message-ID: the same however often it is tried, so that a double can be told."""
    return f"<{uuid.uuid4().hex}@digikoord>"


class LetterQuerySet(models.QuerySet):
    def due(self):
        """What is to be sent now, the longest waiting first."""
        return self.filter(status=Status.QUEUED, next_try_at__lte=clock.now()).order_by("next_try_at", "pk")

    def claimed(self):
        """Locked, and passing over what another worker has in hand where the database can."""
        skip = connection.features.has_select_for_update_skip_locked
        return self.select_for_update(of=("self",), skip_locked=skip)

    def to_people_of(self, actor):
        """To those who are or have been somebody at the actor."""
        return self.filter(recipient__in=actor.memberships.values("user"))


class Letter(models.Model):
    """The e-mail of a day to a person, with all there is to tell. A row first: the queue may lose everything."""

    LIFECYCLE = LETTER

    recipient = models.ForeignKey(
        "actors.User", models.PROTECT, related_name="letters", verbose_name="mottagare"
    )
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
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "day"], name="letter_once_a_day"),
            constraints.known_status("letter_known_status", Status),
            constraints.needs(
                "letter_sent_has_when", [Status.SENT], "sent_at", sentence="Ett skickat brev har en tid."
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(status=Status.QUEUED), name="letter_queued"),
        ]

    def __str__(self):
        return f"Brev till {self.recipient} {self.day}"

    def get_absolute_url(self):
        return reverse("actors:letter_detail", args=[self.pk])

    def can(self, name):
        return lifecycle.can(self, name)

    def subject(self):
        return Subject(label=str(self), key=f"letter:{self.pk}", url=self.get_absolute_url())
