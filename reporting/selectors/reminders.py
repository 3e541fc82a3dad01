"""Whom a reminder about the year's reports would reach, and who is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db.models import Q

from actors.models import Membership
from actors.roles import Role
from digikoord.lib import clock
from duties.actions.ladders import sentence
from duties.models import Notice, Obligation
from grants.selectors import Excluded

from ..lifecycle.activity_report import Status
from .readiness import MISSING, Reporting

if TYPE_CHECKING:
    from actors.models import User
    from duties.models.obligation import ObligationQuerySet
    from grants.models import ProgrammeYear


KINDS = {MISSING: "report", Status.RETURNED.value: "supplement"}
ASKED = (Role.WRITER, Role.SIGNATORY)


@dataclass(frozen=True)
class Reminder:
    """Exactly what one actor's people are told."""

    row: Reporting
    duty: Obligation
    people: tuple[User, ...]

    @property
    def key(self) -> int:
        return self.duty.pk

    @property
    def label(self) -> str:
        return f"{self.row.place} – {self.row.holder}"

    @property
    def text(self) -> str:
        return f"Påminnelse: {sentence(self.duty)}"


def reminders(
    year: ProgrammeYear, rows: Iterable[Reporting], biased: Collection[int] = ()
) -> tuple[list[Reminder], list[Excluded]]:
    """(reminders, excluded): those whose move it is and who have not been reminded today, and why not the others.

    `biased` are the ids of the actors in whose matters the person takes no part.
    """
    duties = {duty.place: duty for duty in open_duties(year)}
    people = people_of([duty.debtor_id for duty in duties.values()])
    reminded = _reminded(duties.values())
    told, left_out = [], []
    for row in rows:
        duty = duties.get(row.place.code) if row.state in KINDS else None
        theirs = people.get(duty.debtor_id, ()) if duty else ()
        fresh = tuple(one for one in theirs if (cast("Obligation", duty).url, one.pk) not in reminded)
        why = _why_not(row, duty, theirs=theirs, fresh=fresh, biased=biased)
        if why:
            left_out.append(Excluded(f"{row.place} – {row.holder}", why))
        else:
            told.append(Reminder(row, cast("Obligation", duty), fresh))
    return told, left_out


def _why_not(
    row: Reporting,
    duty: Obligation | None,
    *,
    theirs: Sequence[User],
    fresh: Sequence[User],
    biased: Collection[int],
) -> str:
    if duty is None:
        return row.why
    if row.holder.pk in biased:
        return "Du har anmält jäv för aktören."
    if not theirs:
        return "Ingen som skriver för eller företräder aktören finns upplagd."
    return "" if fresh else "Påmind idag redan."


def open_duties(year: ProgrammeYear) -> ObligationQuerySet:
    """The duties of the actors to report the year, or to supplement what they reported."""
    rows = Obligation.objects.open().filter(programme=year.programme.code, year=year.year)
    return rows.filter(kind__in=KINDS.values()).select_related("debtor")


def people_of(actors: Iterable[int]) -> dict[int, tuple[User, ...]]:
    """{actor's id: those who write for it or represent it}"""
    held = Membership.objects.valid_on(clock.today()).filter(
        role__in=ASKED, actor__in=actors, user__is_active=True
    )
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for one in held.select_related("user").order_by("user__name", "user_id"):
        found[one.actor_id][one.user_id] = one.user
    return {actor: tuple(people.values()) for actor, people in found.items()}


def _reminded(duties: Iterable[Obligation]) -> set[tuple[str, int]]:
    """(page, person) of what was told today, by the ladder or by somebody."""
    duties = list(duties)
    about = Q(obligation__in=duties) | Q(url__in=[duty.url for duty in duties])
    today = Notice.objects.filter(about, created_on=clock.today(), text__startswith="Påminnelse")
    stepped = Notice.objects.filter(obligation__in=duties, created_on=clock.today())
    rows = (today | stepped).select_related("obligation")
    return {(row.obligation.url if row.obligation else row.url, row.recipient_id) for row in rows}
