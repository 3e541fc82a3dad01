from django.db import models


class County(models.Model):
    """A Swedish county (län) with SCB's two-digit code and its letter."""

    code = models.CharField("länskod", max_length=2, primary_key=True)
    letter = models.CharField("länsbokstav", max_length=2, unique=True)
    name = models.CharField("län", max_length=60)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
