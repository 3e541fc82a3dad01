from __future__ import annotations

from typing import Self, cast

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone


class Stage(models.Model):
    """Whether this database is a rehearsal, and what day it stands at. At most one row."""

    rehearsal = models.BooleanField("övning", default=False)
    today = models.DateField("övningens dag", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="stage_single", condition=Q(pk=1)),
            models.CheckConstraint(
                name="stage_day_only_in_rehearsal",
                condition=Q(rehearsal=True, today__isnull=False) | Q(rehearsal=False, today__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"övning {self.today}" if self.rehearsal else "skarp drift"

    @classmethod
    def current(cls) -> Stage:
        """The stage; real operation where none is stored, and nothing says that there was one. Every request asks: once."""
        names, nothing = ("id", "rehearsal", "today"), models.Value(None, models.DateField())
        marks = RehearsalMark.objects.values_list(models.Value(0), models.Value(True), nothing)
        found = {row[0]: row for row in cls.objects.values_list(*names).union(marks)}
        stage = cls.from_db(connection.alias, names, found[1]) if 1 in found else cls()
        if not stage.rehearsal and 0 in found:
            return cls(pk=1, rehearsal=True, today=timezone.localdate())
        return stage


class RehearsalMark(models.Model):
    """What was made in a rehearsal, apart from the stage: never changed and never deleted, so that no one row's loss turns
    invented payments into real ones. The database keeps it (migration 0080)."""

    about = models.CharField("om", max_length=100, unique=True)

    def __str__(self) -> str:
        return f"övning: {self.about}"

    @classmethod
    def put(cls, *about: str) -> None:
        """Mark each of them, as a sentence would name it."""
        rows = cast("list[Self]", [cls(about=one) for one in about])
        cls.objects.bulk_create(rows, ignore_conflicts=True)


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def latest_of_each(self) -> Self:
        """The last run of every job, by name."""
        newest = JobRun.objects.filter(job=models.OuterRef("job")).order_by("-day").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest))


class JobRun(models.Model):
    """A daily job and the day it was run for. Unfinished is one that was interrupted, or is running."""

    day = models.DateField("dag")
    job = models.CharField("jobb", max_length=40)
    started_at = models.DateTimeField("började")
    finished_at = models.DateTimeField("blev klart", null=True)
    count = models.PositiveIntegerField("antal", default=0)
    attempts = models.PositiveIntegerField("gånger", default=1)
    error = models.TextField("fel", blank=True)

    title: str  # what the job is for, where the page of the jobs has told it

    objects = JobRunQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "job"]
        constraints = [models.UniqueConstraint(fields=["day", "job"], name="job_once_a_day")]

    def __str__(self) -> str:
        return f"{self.job} {self.day}"

    @property
    def is_done(self) -> bool:
        return self.finished_at is not None and not self.error

    @property
    def seconds(self) -> str:
        """How long it took, as a person reads it."""
        if self.finished_at is None:
            return "–"
        return f"{(self.finished_at - self.started_at).total_seconds():.1f}".replace(".", ",")

    @property
    def what_failed(self) -> str:
        """The last line of the error."""
        return self.error.strip().splitlines()[-1] if self.error else ""


class Error(models.Model):
    """An error that somebody met: its number stood on the page and stands in the log. Nothing of what it was about."""

    number = models.CharField("nummer", max_length=12, unique=True)
    at = models.DateTimeField("när", db_index=True)
    kind = models.CharField("slag", max_length=100)
    where = models.CharField("var", max_length=120)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class JobRequest(models.Model):
    """Somebody has asked for a job to be run once more. A row: the queue may be gone, and the sweep finds it."""

    job = models.CharField("jobb", max_length=40)
    asked_at = models.DateTimeField("begärt")
    done_at = models.DateTimeField("kört", null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["job"], condition=Q(done_at__isnull=True), name="job_request_open")]

    def __str__(self) -> str:
        return f"{self.job} {self.asked_at:%Y-%m-%d %H:%M}"
