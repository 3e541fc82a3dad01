from django.db import models

from digikoord.lib import clock


class Notice(models.Model):
    """What one person was told, or is to be told: a row first, a letter after."""

    recipient = models.ForeignKey("actors.User", models.PROTECT, related_name="notices")
    obligation = models.ForeignKey("actors.Obligation", models.PROTECT, null=True, related_name="notices")
    due = models.DateField("dag", null=True)
    step = models.IntegerField("steg, dagar kvar", null=True)
    text = models.CharField("text", max_length=300)
    url = models.CharField("sida", max_length=200)
    created_on = models.DateField("skapad", default=clock.today)
    sent_at = models.DateTimeField("skickad", null=True)
    read_at = models.DateTimeField("läst", null=True)

    class Meta:
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "due", "step", "recipient"], name="notice_once_a_step"
            )
        ]
        indexes = [
            models.Index(
                fields=["recipient"],
                condition=models.Q(sent_at__isnull=True),
                name="notice_unsent",
            )
        ]

    def __str__(self):
        return self.text
