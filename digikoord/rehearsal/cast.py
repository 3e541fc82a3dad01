"""Finds rows and people for the scenes, and lets them act through the same acts as everyone."""

from grants.models import Assignment, Tranche
from reporting.models import ActivityReport

from .people import person


class Cast:
    """The programme's parties, by the names the story uses."""

    def __init__(self, programme):
        self.programme = programme

    # People, read anew each time: what they may changes as the story goes.

    def official(self):
        return person("handlaggare", self.programme.ministry.code)

    def decider(self):
        return person("beslutsfattare", self.programme.ministry.code)

    def payer(self):
        return person("ekonom", self.programme.disburser.code)

    def other_payer(self):
        return person("ekonom2", self.programme.disburser.code)

    def case_officer(self):
        return person("handlaggare", self.programme.secretariat.code)

    def head(self):
        return person("faststallare", self.programme.secretariat.code)

    def signatory(self, holder):
        return person("foretradare", holder.code)

    def writer(self, holder):
        return person("koordinator", holder.code)

    def reviewers(self, place):
        """(who reviews, who approves) the place's report."""
        if place.is_secretariat:
            return self.official(), self.decider()
        return self.case_officer(), self.head()

    @property
    def checks(self):
        """What a reviewer goes through before a report is in order."""
        return self.programme.definition.review_checks

    # Rows

    def year(self, year):
        return self.programme.years.select_related("programme").get(year=year)

    def assignment(self, code):
        """The place's live assignment."""
        rows = Assignment.objects.live().filter(place__programme=self.programme)
        return rows.select_related("place__programme", "holder").get(place__code=code)

    def tranches(self, year, **lookups):
        rows = Tranche.objects.filter(year__year=year, place__programme=self.programme, **lookups)
        return rows.select_related("year__programme", "place__programme", "assignment__holder").order_by(
            "place__part", "place__code"
        )

    def tranche(self, code, year):
        return self.tranches(year, place__code=code).get()

    def report(self, code, year):
        rows = ActivityReport.objects.select_related("tranche__place__programme", "tranche__year")
        return rows.get(
            tranche__place__programme=self.programme,
            tranche__place__code=code,
            tranche__year__year=year,
        )
