import hashlib

from django.db import models

from actors.subject import Subject
from digikoord.lib import clock
from digikoord.lib.short_names import short

from .. import programme_file
from ..subject import for_programme

_definitions: dict[
    tuple[int, str], programme_file.ProgrammeFile
] = {}  # by (programme, hash of its file): a few hundred kilobytes each, read once a process
MOST_KEPT = 300


def _definition(programme: int, sha256: str) -> programme_file.ProgrammeFile:
    """The programme's file as data, kept by its hash. A file that was replaced this moment is read and not kept."""
    known = _definitions.get((programme, sha256))
    if known is not None:
        return known
    source = ProgrammeFile.objects.get(pk=programme).source
    definition = programme_file.read(source)
    if digest(source) == sha256:
        if len(_definitions) >= MOST_KEPT:
            _definitions.clear()
        _definitions[programme, sha256] = definition
    return definition


def digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


class Programme(models.Model):
    """A programme as loaded from its file, which is kept word for word in a table of its own: it is long, and nearly every
    question joins the programme. `sha256` is of the file."""

    code = models.SlugField("kod", max_length=60, unique=True)
    name = models.CharField("namn", max_length=200)
    short_name = models.CharField("kortnamn", max_length=80)
    ministry = models.ForeignKey("actors.Actor", models.PROTECT, related_name="+")
    disburser = models.ForeignKey("actors.Actor", models.PROTECT, related_name="+")
    secretariat = models.ForeignKey("actors.Actor", models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField("programfilens SHA-256", max_length=64)
    loaded_on = models.DateField("inläst", default=clock.today)
    # Nothing more is done in it
    ended_by = models.ForeignKey("actors.User", models.PROTECT, null=True, editable=False, related_name="+")
    ended_on = models.DateField("avslutat", null=True, editable=False)

    class Meta:
        db_table = "grants_programme"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> programme_file.ProgrammeFile:
        """The file as data: texts, sections, indicators, ladders."""
        return _definition(self.pk, self.sha256)

    @property
    def bank_code(self) -> str:
        """The programme in the identities of its payments, at most 12 characters."""
        return short(self.code, 12)

    @property
    def programme(self) -> "Programme":
        """Itself: what is owed of a whole programme is owed of it."""
        return self

    def subject(self) -> Subject:
        return for_programme(self, label=self.name, key=f"programme:{self.pk}", url="")


class ProgrammeFile(models.Model):
    """The programme's file, word for word."""

    programme = models.OneToOneField(
        Programme, models.PROTECT, primary_key=True, related_name="file", verbose_name="program"
    )
    source = models.TextField("programfil")

    class Meta:
        db_table = "grants_programmefile"
        ordering = ["programme"]

    def __str__(self) -> str:
        return f"filen för {self.programme}"
