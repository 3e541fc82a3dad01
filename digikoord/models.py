from django.db import models
from django.db.models import Q


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

    def __str__(self):
        return f"övning {self.today}" if self.rehearsal else "skarp drift"

    @classmethod
    def current(cls):
        """The stage; real operation where none is stored."""
        return cls.objects.first() or cls()
