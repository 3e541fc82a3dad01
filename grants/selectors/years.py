"""A programme, its years and days, and what the Riksdag decided of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actors.models import Succession, User
from actors.subject import HasSubject
from digikoord.lib.calendar import LastDay
from digikoord.lib.money import ZERO
from programmes.models import Programme
from records.models import Event
from records.models.event import EventQuerySet

from ..models import BudgetDecision, Coordinator, ProgrammeYear, Tranche
from ..models.budget_decision import BudgetDecisionQuerySet, BudgetKind
from ..models.coordinator import CoordinatorQuerySet
from ..models.known_programmes import programmes_known_to


class OnAmount(Protocol):
    """What becomes of one amount: the act plans it, above here."""

    @property
    def sentence(self) -> str: ...

    @property
    def new_ceiling(self) -> Decimal: ...


@dataclass(frozen=True)
class EffectSum:
    """How many of a year's amounts meet the same fate, and their new ceilings together."""

    sentence: str
    count: int
    total: Decimal


@dataclass(frozen=True)
class Day:
    """A day of the year's calendar: as decided, and for a last day to act as it holds."""

    label: str
    due: date | None
    last: LastDay | None = None

    @property
    def day(self) -> date | None:
        return self.last.day if self.last else self.due


def visible_programmes(user: User) -> list[Programme]:
    """The programmes the person may read, oldest first; read once a request."""
    known: list[Programme] | None = getattr(user, "programmes_read", None)
    if known is None:
        rows = programmes_known_to(user).select_related("ministry", "disburser", "secretariat")
        known = list(rows.distinct().order_by("pk"))
        user.programmes_read = known  # type: ignore[attr-defined]  # the person's class knows no programme
    return known


def secretariats() -> set[int]:
    """The ids of the actors that are the secretariat of a programme; of one without a secretariat, its ministry."""
    rows = Programme.objects.order_by().values_list("secretariat", "ministry")
    return {secretariat or ministry for secretariat, ministry in rows}


def authority_programme_or_404(user: User, code: str) -> Programme:
    """The programme, for those who read all of it."""
    programme = programme_or_404(user, code)
    if not is_authority(user, programme):
        raise Http404
    return programme


def is_authority(user: User, programme: Programme) -> bool:
    """Whether the person belongs to one of the programme's authorities, and so reads all of it."""
    return any(
        party and user.belongs_to(party)
        for party in (programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    )


def programme_or_404(user: User, code: str) -> Programme:
    for programme in visible_programmes(user):
        if programme.code == code:
            return programme
    raise Http404


def programme_with_a_function_or_404(user: User, code: str) -> Programme:
    """The programme, where it pays for a function."""
    programme = programme_or_404(user, code)
    if programme.definition.keeps is None:
        raise Http404
    return programme


def year_or_404(user: User, code: str, year: int) -> ProgrammeYear:
    programme = programme_or_404(user, code)
    found = get_object_or_404(ProgrammeYear, programme=programme, year=year)
    found.programme = programme
    return found


def decisions_url(programme: Programme) -> str:
    return reverse("grants:decision_list", args=[programme.code])


def days_of(year: ProgrammeYear) -> list[Day]:
    """The year's days, in order of time."""
    acts = (
        ("Rekvisition senast", year.to_requisition),
        ("Redovisning senast", year.to_report),
        ("Återbetalning senast", year.to_repay),
        ("Sammanställning senast", year.to_compile),
    )
    days = [
        Day("Rekvisition från", year.requisition_from),
        Day("Kostnader från", year.costs_from),
        Day("Kostnader till", year.costs_to),
        *(Day(label, last.decided, last) for label, last in acts),
    ]
    return sorted((day for day in days if day.due), key=lambda day: cast("date", day.due))


def budget_decisions_of(user: User, year: ProgrammeYear) -> BudgetDecisionQuerySet:
    rows = year.budget_decisions.visible_to(user).order_by("decided_on", "pk")
    return rows.select_related("year__programme", "registered_by", "confirmed_by")


def effect_sums(effects: Iterable[OnAmount]) -> list[EffectSum]:
    """The effects of a budget decision, counted by what happens."""
    groups: dict[str, list[OnAmount]] = {}
    for effect in effects:
        groups.setdefault(effect.sentence, []).append(effect)
    return [
        EffectSum(sentence, len(rows), sum((row.new_ceiling for row in rows), start=ZERO))
        for sentence, rows in groups.items()
    ]


def outcome_of(decisions: Sequence[BudgetDecision]) -> BudgetDecision | None:
    """Of a year's decisions in order: the one that decides its money, or None while it is awaited."""
    deciding = [row for row in decisions if row.status == "confirmed" and row.kind != BudgetKind.FRAME]
    return deciding[-1] if deciding else None


def trail_of(*rows: HasSubject) -> EventQuerySet:
    """The events about the rows together, latest first."""
    return Event.objects.filter(key__in=[row.subject().key for row in rows])


def trail_of_year(user: User, tranche: Tranche) -> EventQuerySet:
    """All that has happened to a place's money of a year, latest first; of drafts only those of the user's own actors."""
    place = tranche.place
    rows = Event.objects.filter(programme=place.programme.code, place=place.code, year=tranche.year.year)
    own = [row.actor.code for row in user.memberships_now]
    return rows.readable(programmes=[place.programme.code], holders=own)


def year_tabs(year: ProgrammeYear) -> list[dict[str, object]]:
    rows = year.programme.years.order_by("year")
    return [
        {
            "label": row.year,
            "url": reverse("grants:year_detail", args=[year.programme.code, row.year]),
            "current": row.pk == year.pk,
        }
        for row in rows
    ]


def planned_successions(programme: Programme) -> int:
    """How many successions wait to be registered."""
    planned = Succession.objects.filter(status="planned")
    return planned.filter(predecessor__assignments__place__programme=programme).distinct().count()


def coordinators_serving(user: User, programme: Programme, day: date) -> CoordinatorQuerySet:
    """The coordinators on the day, by place; the directory is the network's own and open to it."""
    rows = Coordinator.objects.serving_on(day).filter(assignment__place__programme=programme)
    return rows.select_related("assignment__place", "assignment__holder").order_by(
        "assignment__place__part", "assignment__place__code", "starts"
    )
