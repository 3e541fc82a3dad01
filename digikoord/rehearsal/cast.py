"""Finds rows and people for the scenes, and lets them act through the same acts as everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from grants.models import Assignment, Tranche
from reporting.models import ActivityReport

from .people import person

if TYPE_CHECKING:
    from actors.models import Actor, User
    from grants.models import Place, ProgrammeYear
    from grants.models.tranche import TrancheQuerySet
    from programmes.models import Programme
    from programmes.programme_file.shape import ReviewCheck


class Cast:
    """The programme's parties, by the names the story uses."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    # People, read anew each time: what they may changes as the story goes.

    def official(self) -> User:
        return person("handlaggare", self.programme.ministry.code)

    def decider(self) -> User:
        return person("beslutsfattare", self.programme.ministry.code)

    def payer(self) -> User:
        return person("ekonom", self.programme.disburser.code)

    def other_payer(self) -> User:
        return person("ekonom2", self.programme.disburser.code)

    def case_officer(self) -> User:
        return person("handlaggare", cast("Actor", self.programme.secretariat).code)

    def head(self) -> User:
        return person("faststallare", cast("Actor", self.programme.secretariat).code)

    def signatory(self, holder: Actor) -> User:
        return person("foretradare", holder.code)

    def writer(self, holder: Actor) -> User:
        return person("koordinator", holder.code)

    def reviewers(self, place: Place) -> tuple[User, User]:
        """(who reviews, who approves) the place's report."""
        if place.is_secretariat:
            return self.official(), self.decider()
        return self.case_officer(), self.head()

    @property
    def checks(self) -> tuple[ReviewCheck, ...]:
        """What a reviewer goes through before a report is in order."""
        return self.programme.definition.review_checks

    # Rows

    def year(self, year: int) -> ProgrammeYear:
        return self.programme.years.select_related("programme").get(year=year)

    def assignment(self, code: str) -> Assignment:
        """The place's live assignment."""
        rows = Assignment.objects.live().filter(place__programme=self.programme)
        return rows.select_related("place__programme", "holder").get(place__code=code)

    def tranches(self, year: int, **lookups: object) -> TrancheQuerySet:
        rows = Tranche.objects.filter(year__year=year, place__programme=self.programme, **lookups)
        return rows.select_related("year__programme", "place__programme", "assignment__holder").order_by(
            "place__part", "place__code"
        )

    def tranche(self, code: str, year: int) -> Tranche:
        return self.tranches(year, place__code=code).get()

    def report(self, code: str, year: int) -> ActivityReport:
        rows = ActivityReport.objects.select_related("tranche__place__programme", "tranche__year")
        return rows.get(
            tranche__place__programme=self.programme,
            tranche__place__code=code,
            tranche__year__year=year,
        )
