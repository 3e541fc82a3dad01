from typing import Self

from django.db import models
from django.db.models import Q

from digikoord.lib import clock, constraints


class ReportCommentQuerySet(models.QuerySet["ReportComment"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class ReportComment(models.Model):
    """What a reviewer says of a field, to those who review with them. The actor reads it first in a request for a supplement."""

    report = models.ForeignKey("reporting.ActivityReport", models.PROTECT, related_name="comments")
    version = models.PositiveSmallIntegerField("version")
    key = models.CharField("fält", max_length=80)
    label = models.CharField("fältets namn", max_length=300)
    text = models.TextField("kommentar")
    by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    at = models.DateTimeField("tidpunkt", default=clock.now)
    withdrawn_at = models.DateTimeField("borttagen", null=True)

    objects = ReportCommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [constraints.rule("report_comment_says", ~Q(text=""), "Skriv något i kommentaren.")]

    def __str__(self) -> str:
        return f"kommentar till {self.label}"
