"""How ready a year's compilation is: n of the recipients' reports, by state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db.models import Count, Q

from digikoord.lib import clock
from grants.lifecycle.tranche import DECIDED
from grants.models import Part, ProgrammeYear
from reporting.lifecycle.activity_report import Status

if TYPE_CHECKING:
    from programmes.models import Programme


if TYPE_CHECKING:

    class Counted(ProgrammeYear):
        """A year with how many of the recipients' reports there are to come, and have come."""

        expected: int
        approved: int
        returned: int
        under_review: int

        class Meta:
            abstract = True


@dataclass(frozen=True)
class Countdown:
    """`year` carries the counts; the secretariat's own report is not among them."""

    year: Counted

    @property
    def days_left(self) -> int:
        return (self.year.to_compile.day - clock.today()).days

    @property
    def missing(self) -> int:
        got = self.year.approved + self.year.under_review + self.year.returned
        return self.year.expected - got

    @property
    def sentence(self) -> str:
        """ "6 dagar kvar: 17 godkända, 1 granskas, 1 återsänd, 2 saknas"."""
        days = self.days_left
        if days < 0:
            when = f"{-days} {'dag' if days == -1 else 'dagar'} för sent"
        else:
            when = f"{days} {'dag' if days == 1 else 'dagar'} kvar"
        parts = (
            (self.year.approved, "godkänd", "godkända"),
            (self.year.under_review, "granskas", "granskas"),
            (self.year.returned, "återsänd", "återsända"),
            (self.missing, "saknas", "saknas"),
        )
        told = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in parts if n)
        return f"{when}: {told}" if told else when


def countdowns(programmes: Sequence[Programme]) -> list[Countdown]:
    """The programmes' ended years whose compilation has not been handed over."""
    if not programmes:
        return []
    recipients = Q(tranches__place__part=Part.RECIPIENT, tranches__status__in=DECIDED)
    state = "tranches__report__status"
    years = (
        ProgrammeYear.objects.filter(programme__in=programmes, costs_to__lt=clock.today())
        .exclude(compilation__versions__delivered_on__isnull=False)
        .select_related("programme")
        .annotate(
            expected=Count("tranches", recipients, distinct=True),
            approved=_count(recipients & Q(**{state: Status.APPROVED})),
            returned=_count(recipients & Q(**{state: Status.RETURNED})),
            under_review=_count(recipients & Q(**{f"{state}__in": (Status.SUBMITTED, Status.REVIEWED)})),
        )
    )
    return [Countdown(cast("Counted", row)) for row in years.filter(expected__gt=0).order_by("year")]


def _count(condition: Q) -> Count:
    return Count("tranches", condition, distinct=True)
