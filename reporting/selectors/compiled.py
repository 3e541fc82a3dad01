"""The shape of a year's compilation. All of it is fields, so that what the document shows is also what is stored and
can be checked. Amounts are kronor.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programmes.programme_file.shape import CooperationParty, CostLine, Indicator, SubGoal

from .. import reading
from ..chapters import ChapterKind
from .accounts import PlaceCost
from .before import Before, Change
from .goals import Goal, IndicatorTable
from .matrix import PartyExtents
from .money import Money
from .voices import Voice


@dataclass(frozen=True)
class Decision:
    title: str
    case_number: str
    decided_on: date


@dataclass(frozen=True)
class Person:
    name: str
    share: int
    function: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class State:
    """How far the place's report has come, with the reason where it is not in the compilation."""

    key: str
    label: str
    why: str
    submitted_on: date | None
    approved_on: date | None
    version: int | None
    late: bool


@dataclass(frozen=True)
class Seat:
    """A place's year: who held it, who worked, what came of it. `content` only of an approved report; `hidden` is how many
    of its figures and texts are claimed secret, and so left out."""

    code: str
    name: str
    apart: bool
    county: str
    holder: str
    org_nr: str
    succession: str
    people: tuple[Person, ...]
    money: Money
    state: State
    content: tuple[reading.Section, ...]
    used_reason: str
    hidden: int

    @property
    def approved(self) -> bool:
        return self.state.key == "approved"

    def section(self, form: str) -> reading.Section | None:
        return next((row for row in self.content if row.form == form), None)


@dataclass(frozen=True)
class Terms:
    """What the programme asked: enough of its file to compute every sum anew."""

    sub_goals: tuple[SubGoal, ...]
    indicators: tuple[Indicator, ...]
    cost_lines: tuple[CostLine, ...]
    cooperation_parties: tuple[CooperationParty, ...]


@dataclass(frozen=True)
class Compiled:
    """A year's compilation. `picked` are the good examples chosen, by place's code and initiative's number; null is all
    that the actors marked. `before` is the year before, as far as it is compared with."""

    code: str
    programme: str
    short_name: str
    purpose: str
    strategy: str
    year: int
    costs_from: date
    costs_to: date
    report_due: date
    compilation_due: date
    department: str
    compiler: str
    has_secretariat: bool
    by_county: bool
    condition: str
    budget: str
    decisions: tuple[Decision, ...]
    asked: tuple[str, ...]
    goal_names: tuple[tuple[str, str], ...]
    terms: Terms
    seats: tuple[Seat, ...]
    secretariat: Seat | None
    picked: tuple[tuple[str, int], ...] | None
    before: Before | None
    count: int
    approved: int
    initiatives: int
    money: Money
    money_of_all: Money
    goals: tuple[Goal, ...]
    indicators: tuple[IndicatorTable, ...]
    full_time: Decimal | None
    examples: int
    cooperation: tuple[Voice, ...]
    cooperation_matrix: tuple[PartyExtents, ...]
    lessons: tuple[tuple[str, tuple[Voice, ...]], ...]
    accounts: tuple[PlaceCost, ...]
    accounts_total: reading.Cost
    cost_lines: tuple[reading.Cost, ...]
    changes: tuple[Change, ...]
    keeps: str = "koordinator"  # the function's word; empty where the programme pays for none

    @property
    def left_out(self) -> list[Seat]:
        """The places whose report is not in the compilation."""
        return [row for row in self.seats if not row.approved]

    @property
    def everyone(self) -> list[Seat]:
        return [*self.seats, *([self.secretariat] if self.secretariat else [])]

    @property
    def kind(self) -> ChapterKind:
        return ChapterKind(self.has_secretariat, self.by_county, bool(self.goal_names), bool(self.keeps))

    @property
    def asks_initiatives(self) -> bool:
        return "initiatives" in self.asked

    @property
    def asks_results(self) -> bool:
        return "results" in self.asked
