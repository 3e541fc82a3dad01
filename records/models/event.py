from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone

from digikoord.lib import clock

# What tells of a draft: the actor's own business until it is submitted
UNSENT = ("requisition.written", "requisition.fell_away")


class EventQuerySet(models.QuerySet["Event"]):
    def readable(self, *, programmes: Iterable[str], holders: Iterable[str]) -> "EventQuerySet":
        """Everything of the programmes (codes) that has been received, and what concerns the holders (actor codes)."""
        return self.filter((Q(programme__in=programmes) & ~Q(verb__in=UNSENT)) | Q(holder__in=holders))

    def about(self, key: str) -> "EventQuerySet":
        return self.filter(key=key)


class Event(models.Model):
    """One row of the trail. No foreign keys; the database refuses to change or delete it."""

    at = models.DateTimeField("tidpunkt", default=clock.now)
    effective_on = models.DateField("gäller från", null=True)
    verb = models.CharField("händelse", max_length=60)
    by_key = models.BigIntegerField("vem, nyckel")
    by_name = models.CharField("vem", max_length=120)
    by_party = models.CharField("part", max_length=120, blank=True)
    label = models.CharField("vad", max_length=200)
    key = models.CharField("vad, nyckel", max_length=60)
    url = models.CharField("sida", max_length=200, blank=True)
    programme = models.CharField("program", max_length=60, blank=True)
    place = models.CharField("plats", max_length=60, blank=True)
    place_label = models.CharField("plats, namn", max_length=120, blank=True)
    holder = models.CharField("aktör", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("programår", null=True)
    facts = models.JSONField("uppgifter", default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        db_table = "actors_event"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["programme", "place", "at"], name="event_place"),
            models.Index(fields=["key"], name="event_key"),
            models.Index(fields=["holder"], name="event_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.verb} {self.label}"

    @property
    def is_late_knowledge(self) -> bool:
        """Whether it was registered after the day it happened."""
        return self.effective_on is not None and self.effective_on < timezone.localdate(self.at)

    @property
    def sentence_template(self) -> str:
        return f"audit/{self.verb}.html"
