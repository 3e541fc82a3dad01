"""The board: every place and the steps of its year, in a bounded number of queries."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString

from actors import county_map
from actors.models import Actor
from digikoord.lib import clock
from digikoord.lib.money import kr
from duties.selectors.extended import own_day
from grants import money_chain
from grants.lifecycle.payment import Status as PaymentStatus
from grants.models import Coordinator, Payment, PaymentAccount, RepaymentClaim, Tranche
from grants.models.balance import Balance, total
from reporting import chapters

from . import steps

if TYPE_CHECKING:
    from datetime import date

    from actors.models import User
    from digikoord.lib.calendar import LastDay
    from grants.models import Place, ProgrammeYear
    from programmes.models import Programme
    from programmes.programme_file.shape import Function, ProgrammeFile

    from .steps import OnBoard, Step


STEPS = ("answer", "coordinator", "granted", "requisitioned", "paid", "reported", "settled")
FUNCTION = "coordinator"
HEADINGS = ("Svar", "Koordinator", "Beviljat", "Rekvirerat", "Utbetalt", "Redovisat", "Slutreglerat")
CATEGORIES = (
    ("approved", "Godkänd"),
    ("review", "Granskas"),
    ("returned", "Återsänd"),
    ("missing", "Saknas"),
    ("waiting", "Inte dags än"),
)


@dataclass(frozen=True)
class Row:
    """A place's year: who holds it, its steps, and its money as a bar."""

    tranche: Tranche
    holder: Actor
    balance: Balance
    steps: tuple[Step, ...]
    predecessor: str = ""
    appointments: tuple[Coordinator, ...] = ()

    @property
    def place(self) -> Place:
        return self.tranche.place

    def step(self, name: str) -> Step:
        return self.steps[STEPS.index(name)]

    @property
    def named_steps(self) -> list[tuple[str, Step]]:
        """(heading, step) in order; the function by the programme's own word, and left out where there is none."""
        keeps = self.place.programme.definition.keeps
        return [
            (keeps.one.capitalize() if keeps and name == FUNCTION else heading, step)
            for name, heading, step in zip(STEPS, HEADINGS, self.steps, strict=True)
            if keeps or name != FUNCTION
        ]

    @property
    def shown_steps(self) -> list[Step]:
        return [step for _, step in self.named_steps]

    @property
    def bar(self) -> SafeString:
        sums = self.balance
        chain = [
            (name, getattr(sums, name)) for name in ("ceiling", "granted", "requisitioned", "paid", "used")
        ]
        title = f"{self.place}: {kr(sums.paid)} utbetalt av högst {kr(sums.ceiling)}"
        return money_chain.chain(title, [*chain, ("repay", sums.to_repay)])

    @property
    def report_category(self) -> str:
        words = {"done": "approved", "submitted": "review", "reviewed": "review"}
        status = self.step("reported").status
        return words.get(status, status if status in ("returned", "missing") else "waiting")


@dataclass(frozen=True)
class Board:
    """A year's rows: the recipients, and the secretariat apart."""

    year: ProgrammeYear
    rows: tuple[Row, ...]
    secretariat: Row | None

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def sums(self) -> Balance:
        return total(row.balance for row in self.rows)

    @property
    def keeps(self) -> Function | None:
        """The function that the programme pays for, or None."""
        return self.year.programme.definition.keeps

    @property
    def done(self) -> list[int]:
        """How many are through each step, in the order of the steps."""
        return [sum(row.steps[at].done for row in self.rows) for at in range(len(STEPS))]

    @property
    def reports(self) -> list[tuple[str, str, int, list[Place]]]:
        """(category, label, count, places by name) for the map's table."""
        counted = Counter(row.report_category for row in self.rows)
        return [
            (name, label, counted[name], [row.place for row in self.rows if row.report_category == name])
            for name, label in CATEGORIES
            if counted[name]
        ]

    @property
    def county_map(self) -> str:
        """The map, where the programme's places are counties one to one; otherwise nothing."""
        if not self.rows or not chapters.kind_of(self.year.programme.definition).by_county:
            return ""
        places = {cast("str", row.place.county_id): row.report_category for row in self.rows}
        return county_map.county_map(f"Redovisningar {self.year}", CATEGORIES, places)

    @property
    def days_to_compilation(self) -> int:
        return (self.year.to_compile.day - clock.today()).days


def rows_of(user: User, **lookups: object) -> list[Row]:
    """The tranches with all that their steps read: three queries whatever their number."""
    live = Payment.objects.exclude(status=PaymentStatus.CANCELLED).order_by("-requisition", "-pk")
    live = live.filter(requisition__tranche=OuterRef("pk"))
    claim = RepaymentClaim.objects.filter(tranche=OuterRef("pk"))
    verified = PaymentAccount.objects.filter(actor=OuterRef("assignment__holder"), status="verified")
    found = (
        Tranche.objects.visible_to(user)
        .filter(**lookups)
        .with_money()
        .annotate(
            own_requisition_day=own_day("requisition"),
            own_report_day=own_day("report"),
            claim_due=Subquery(claim.values("due")[:1]),
            has_verified_account=Exists(verified),
            payment=Subquery(live.values("pk")[:1]),
            payment_status=Subquery(live.values("status")[:1]),
        )
        .select_related(
            "year",
            "place__programme",
            "assignment__holder",
            "assignment__succeeds__holder",
            "report",
        )
        .defer("report__draft")
        .prefetch_related("requisitions")
        .order_by("place__part", "place__code", "year__year")
    )
    tranches = cast("list[OnBoard]", list(found.distinct()))
    appointed = defaultdict(list)
    held = {row.assignment_id for row in tranches}
    for one in Coordinator.objects.filter(assignment__in=held).order_by("starts"):
        appointed[one.assignment_id].append(one)
    return [_row(row, appointed[row.assignment_id]) for row in tranches]


def _row(row: OnBoard, appointments: Sequence[Coordinator]) -> Row:
    year = row.year
    year.programme = row.place.programme
    definition = year.programme.definition
    row.requisition_by = _last(definition, "requisition", row.own_requisition_day or year.requisition_to)
    row.report_by = _last(definition, "activity_report", row.own_report_day or year.report_due)
    row.repay_by = row.claim_due and _last(definition, "repayment", row.claim_due)
    row.assignment.place = row.place  # read already
    for one in appointments:
        one.assignment = row.assignment  # read already
    for claim in row.requisitions.all():
        claim.tranche = row  # read already
    succeeded = row.assignment.succeeds
    return Row(
        row,
        row.holder,
        row.balance,
        (
            steps.answer(row),
            steps.coordinator(row, appointments),
            steps.granted(row),
            steps.requisitioned(row),
            steps.paid(row),
            steps.reported(row),
            steps.settled(row),
        ),
        str(succeeded.holder) if succeeded else "",
        tuple(appointments),
    )


def _last(definition: ProgrammeFile, duty: str, day: date) -> date:
    """The day that holds."""
    return cast("LastDay", definition.last_day(duty, day)).day


def board(user: User, year: ProgrammeYear) -> Board:
    rows = rows_of(user, year=year)
    recipients = tuple(row for row in rows if not row.place.is_secretariat)
    secretariat = next((row for row in rows if row.place.is_secretariat), None)
    return Board(year, recipients, secretariat)


def default_year(years: Sequence[ProgrammeYear]) -> ProgrammeYear:
    """The year being worked on: the latest whose compilation is not long past."""
    today = clock.today()
    begun = [row for row in years if row.costs_from <= today]
    waiting = [row for row in begun if today <= row.to_compile.day]
    return (waiting or begun[-1:] or list(years))[0]


def tabs(
    programme: Programme,
    years: Iterable[ProgrammeYear],
    current: ProgrammeYear,
    day: datetime.date | None = None,
) -> list[dict[str, object]]:
    """The years as links, on the same day."""
    url = reverse("overview:board", args=[programme.code])
    per = f"&per={day}" if day else ""
    return [
        {"label": str(row), "url": f"{url}?ar={row.year}{per}", "current": row == current} for row in years
    ]
