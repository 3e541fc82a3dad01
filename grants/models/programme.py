import hashlib
from functools import lru_cache

from django.db import models

from digikoord.lib import clock

from .. import programme_file
from ..bank.identity import short
from ..lifecycle.assignment import KNOWN
from ..subject import for_programme
from .scope import holds, reads_programme


@lru_cache(maxsize=16)
def _definition(source):
    return programme_file.read(source)


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        held = self.filter(holds(user, "places__assignments__holder"), places__assignments__status__in=KNOWN)
        return self.filter(reads_programme(user) | models.Q(pk__in=held.values("pk")))


class Programme(models.Model):
    """A programme as loaded from its file, which is kept word for word in `source`."""

    code = models.SlugField("kod", max_length=60, unique=True)
    name = models.CharField("namn", max_length=200)
    short_name = models.CharField("kortnamn", max_length=80)
    ministry = models.ForeignKey("actors.Actor", models.PROTECT, related_name="+")
    disburser = models.ForeignKey("actors.Actor", models.PROTECT, related_name="+")
    secretariat = models.ForeignKey("actors.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.TextField("programfil")
    loaded_on = models.DateField("inläst", default=clock.today)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def definition(self):
        """The file as data: texts, sections, indicators, ladders."""
        return _definition(self.source)

    @property
    def sha256(self):
        return hashlib.sha256(self.source.encode()).hexdigest()

    @property
    def bank_code(self):
        """The programme in the identities of its payments, at most 12 characters."""
        return short(self.code, 12)

    def subject(self):
        return for_programme(self, label=self.name, key=f"programme:{self.pk}", url="")
