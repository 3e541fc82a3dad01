from django.db import models


class ReportAttachment(models.Model):
    """A paper that belongs to a report. The report's content says which of them are in it; none is ever deleted."""

    report = models.ForeignKey("reporting.ActivityReport", models.PROTECT, related_name="attachments")
    document = models.ForeignKey("records.Document", models.PROTECT, related_name="+")
    title = models.CharField("vad bilagan är", max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
