from django.db import models
from django.db.models import Q

from digikoord.lib import constraints
from digikoord.lib.papers import Type

NAME_LENGTH = 120


class Document(models.Model):
    """A paper that was handed in: its bytes as they came, and their SHA-256."""

    name = models.CharField("filnamn", max_length=NAME_LENGTH)
    content_type = models.CharField("filtyp", max_length=40, choices=Type)
    content = models.BinaryField("innehåll")
    sha256 = models.CharField("SHA-256", max_length=64)
    added_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    added_on = models.DateField("inlagd")

    class Meta:
        db_table = "grants_document"
        ordering = ["pk"]
        constraints = [
            constraints.rule("document_known_type", Q(content_type__in=Type.values), "Okänd filtyp."),
        ]

    def __str__(self) -> str:
        return self.name
