from django.db import models
from django.db.models import F, Q

from digikoord.lib import clock, constraints


class NoticeKind(models.TextChoices):
    DUTY = "duty", "En rättslig skyldighet med en sista dag"
    HANDLING = "handling", "Handläggning med en intern tid"
    ESCALATION = "escalation", "Någon annan är försenad"
    NEWS = "news", "Besked om vad som har hänt"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def current(self) -> "NoticeQuerySet":
        """Those that still say something: no duty, or one that is open and has the day that was told."""
        return self.filter(
            Q(obligation__isnull=True) | Q(obligation__closed_on__isnull=True, obligation__act_by=F("due"))
        )

    def unread(self) -> "NoticeQuerySet":
        return self.current().filter(read_at__isnull=True)

    def without_letter(self) -> "NoticeQuerySet":
        return self.filter(letter__isnull=True, app_only=False)


class Notice(models.Model):
    """What one person was told: a row first, read in the app at once, gathered into the letter of the day."""

    recipient = models.ForeignKey("actors.User", models.PROTECT, related_name="notices")
    kind = models.CharField("slag", max_length=12, choices=NoticeKind, default=NoticeKind.NEWS)
    obligation = models.ForeignKey("duties.Obligation", models.PROTECT, null=True, related_name="notices")
    due = models.DateField("dag", null=True)
    step = models.IntegerField("steg, dagar kvar", null=True)
    text = models.CharField("text", max_length=300)
    consequence = models.CharField("följd", max_length=300, blank=True)
    url = models.CharField("sida", max_length=200)
    created_on = models.DateField("skapad", default=clock.today)
    app_only = models.BooleanField("bara i digikoord", default=False)
    letter = models.ForeignKey("duties.Letter", models.PROTECT, null=True, related_name="notices")
    # As whose the person is told: who sees the line on the page of letters
    party = models.ForeignKey(
        "actors.Actor", models.PROTECT, null=True, related_name="+", verbose_name="part"
    )
    read_at = models.DateTimeField("läst", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        db_table = "actors_notice"
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "due", "step", "recipient"], name="notice_once_a_step"
            ),
            constraints.rule("notice_known_kind", Q(kind__in=NoticeKind.values), "Okänt slag."),
        ]
        indexes = [
            models.Index(
                fields=["recipient"],
                condition=Q(letter__isnull=True, app_only=False),
                name="notice_without_letter",
            ),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def over(self) -> bool:
        """Whether the duty it told of is met, gone or moved."""
        duty = self.obligation
        return duty is not None and (duty.closed_on is not None or duty.act_by != self.due)


class AppOnly(models.Model):
    """A kind of notice that a person reads in the app only. Legal duties are always told by letter too."""

    person = models.ForeignKey("actors.User", models.PROTECT, related_name="app_only")
    kind = models.CharField("slag", max_length=12, choices=NoticeKind)

    class Meta:
        db_table = "actors_apponly"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="app_only_once"),
            constraints.rule(
                "app_only_never_for_duties",
                ~Q(kind=NoticeKind.DUTY) & Q(kind__in=NoticeKind.values),
                "Rättsliga skyldigheter skickas alltid med e-post.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
