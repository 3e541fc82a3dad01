"""The schema, said once: these dataclasses are what `build` demands of the file. docs/programmes.md explains them.

An attribute bears the name of its key (save `from` and `to`, which are words of Python). No default means required.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, dataclass_transform

from digikoord.lib import calendar

T = TypeVar("T")

STATE_BODIES = ("county_administrative_board", "agency", "government_offices")
ACTOR_KINDS = (*STATE_BODIES, "county_council", "cooperation_body", "municipality", "region")
DUTIES = ("answer", "coordinator", "requisition", "activity_report", "supplement", "repayment", "compilation")
LADDERS = (*DUTIES, "handling")
PARTIES = ("secretariat", "ministry")
FORMS = (
    "text",
    "parties",
    "function",
    "steering",
    "initiatives",
    "results",
    "cooperation",
    "lessons",
    "account",
    "attachments",
    "certification",
)
SERVICES = (
    "coordinator",
    "requisition",
    "payment",
    "payment_account",
    "activity_report",
    "approval",
    "supplement",
    "extension",
    "succession",
    "conflict_of_interest",
    "compilation",
)
MOST_KRONOR = 9_999_999_999  # kronor
CODE = r"[a-z0-9]+(-[a-z0-9]+)*"


def entry(*, default: object = ..., **rules: object) -> Any:  # a field of whatever its annotation says
    """A field and what the file may say in it: `pattern`, `one_of`, `longest` (characters), `least`, `most`, `keys` (of a
    table), and `name`, the key when Python cannot bear it."""
    if default is ...:
        return field(metadata=rules)
    if callable(default):
        return field(default_factory=default, metadata=rules)
    return field(default=default, metadata=rules)


@dataclass_transform(frozen_default=True, field_specifiers=(entry,))
def table(kind: type[T]) -> type[T]:
    """A table of the file: a frozen dataclass whose fields may be entries."""
    return dataclass(frozen=True)(kind)


@table
class Programme:
    code: str = entry(pattern=CODE, longest=60)
    name: str = entry(longest=200)
    short_name: str = entry(longest=80)
    purpose: str
    ministry: str
    disburser: str
    first_year: int = entry(least=1990, most=2100)
    last_year: int = entry(least=1990, most=2100)
    starts: date
    ends: date
    strategy: str = ""
    secretariat_actor: str = ""
    appropriation: str = ""
    answer_days: int | None = entry(default=None, least=1, most=366)
    several_requisitions: bool = False
    publication_rule: str = ""
    without_function: bool = False

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)


@table
class Function:
    """The function that the money keeps up, in the words of the screens: a coordinator, coordinators, the coordinator."""

    one: str = entry(longest=60)
    several: str = entry(longest=60)
    definite: str = entry(longest=60)


COORDINATOR = Function("koordinator", "koordinatorer", "koordinatorn")


@table
class BudgetRule:
    condition: str
    expenditure_area: int = entry(least=1, most=27)
    fulfilled_by: str = entry(one_of=("appropriation",))


@table
class County:
    code: str = entry(pattern=r"\d\d")
    letter: str = entry(pattern=r"[A-Z]{1,2}")
    name: str = entry(longest=60)


@table
class Actor:
    code: str = entry(pattern=CODE, longest=60)
    kind: str = entry(one_of=ACTOR_KINDS)
    legal_name: str = entry(longest=120)
    display_name: str = entry(longest=120)
    org_nr: str = ""
    org_nr_basis: str = entry(default="", one_of=("", "sourced", "general-knowledge"))
    valid_from: date | None = None
    dissolved_on: date | None = None


@table
class Decision:
    key: str = entry(pattern=CODE, longest=60)
    decided_on: date
    title: str = entry(longest=200)
    text: str
    case_number: str = entry(default="", longest=40)
    answer_due: date | None = None


@table
class Holder:
    actor: str
    instrument: str = entry(one_of=("assignment", "offer"))
    starts: date = entry(name="from")
    ends: date | None = entry(default=None, name="to")
    decision: str | None = None
    legal_basis: str = ""
    predecessor_dissolved: bool = False


@table
class Place:
    code: str = entry(pattern=CODE, longest=20)
    name: str = entry(longest=120)
    part: str = entry(one_of=("recipient", "secretariat"))
    decision: str
    holders: tuple[Holder, ...]
    county: str = ""
    ceilings: dict[int, Decimal] = entry(default=dict, least=0, most=MOST_KRONOR)

    def decision_of(self, holder: Holder) -> str:
        """The key of the decision a holder answers to; empty when that decision is still to come."""
        return self.decision if holder.decision is None else holder.decision

    def predecessor_of(self, holder: Holder) -> Holder | None:
        """Who held the place before, or None."""
        earlier = [other for other in self.holders if other.starts and other.starts < holder.starts]
        return max(earlier, key=lambda other: other.starts, default=None)


@table
class Ceilings:
    recipient: Decimal = entry(least=0, most=MOST_KRONOR)
    secretariat: Decimal | None = entry(default=None, least=0, most=MOST_KRONOR)


@table
class Year:
    year: int = entry(least=1990, most=2100)
    conditional: bool
    requisition_to: date
    costs_from: date
    costs_to: date
    report_due: date
    repay_due: date
    compilation_due: date
    receiving_department: str = entry(longest=120)
    sections: tuple[str, ...]
    ceilings: Ceilings
    requisition_from: date | None = None
    budget_citation: str = ""


@table
class SubGoal:
    code: str = entry(pattern=r"\S+")
    name: str


@table
class Indicator:
    code: str = entry(pattern=r"[A-ZÅÄÖ]+\d+")
    name: str
    definition: str
    unit: str = entry(one_of=("antal", "procent", "kr", "årsarbetskrafter"))
    kind: str = entry(one_of=("output", "result", "context"))
    sub_goal: str = ""
    first_year: int | None = None
    last_year: int | None = None

    @property
    def summed(self) -> bool:
        """A share or a state of things is never added up over counties."""
        return self.kind != "context" and self.unit != "procent"


@table
class ReportSection:
    letter: str = entry(pattern=r"[A-Z]")
    title: str
    form: str = entry(default="text", one_of=FORMS)
    guidance: str = ""


@table
class CooperationParty:
    code: str = entry(pattern=r"[a-z]+(_[a-z]+)*")
    name: str = entry(longest=120)


@table
class ReviewCheck:
    code: str = entry(pattern=CODE, longest=40)
    text: str = entry(longest=300)


@table
class CostLine:
    code: str = entry(pattern=r"[a-z]+(_[a-z]+)*")
    name: str


@table
class Escalation:
    to: str = entry(one_of=PARTIES)
    at: int


@table
class Ladder:
    steps: tuple[int, ...]
    consequence: str = entry(default="", longest=300)
    escalate_to: str = entry(default="", one_of=("", *PARTIES))
    escalate_at: int | None = None
    escalations: tuple[Escalation, ...] = ()

    @property
    def climbs(self) -> tuple[Escalation, ...]:
        """To whom it goes after those who owe it, and when; `escalate_to` is the short form of one."""
        if self.escalate_to and self.escalate_at is not None:
            return (Escalation(self.escalate_to, self.escalate_at),)
        return self.escalations


@table
class LastDayRule:
    """Whether a last day that falls on a free day gives way to the next weekday, and on what ground."""

    next_weekday: bool
    ground: str = entry(default="", longest=200)


@table
class ProgrammeFile:
    schema: int = entry(least=1, most=1)
    programme: Programme
    counties: tuple[County, ...]
    actors: tuple[Actor, ...]
    decisions: tuple[Decision, ...]
    places: tuple[Place, ...]
    years: tuple[Year, ...]
    sub_goals: tuple[SubGoal, ...]
    indicators: tuple[Indicator, ...]
    report_sections: tuple[ReportSection, ...]
    cost_lines: tuple[CostLine, ...]
    ladders: dict[str, Ladder] = entry(keys=LADDERS)
    handling_days: dict[str, int] = entry(keys=SERVICES, least=0)
    budget_rule: BudgetRule | None = None
    cooperation_parties: tuple[CooperationParty, ...] = entry(default=tuple)
    review_checks: tuple[ReviewCheck, ...] = entry(default=tuple)
    function: Function = entry(default=COORDINATOR)
    last_days: dict[str, LastDayRule] = entry(default=dict, keys=DUTIES)

    @property
    def keeps(self) -> Function | None:
        """The function that every recipient keeps up; None in a programme that pays for none. A file that says nothing of it,
        as those of the first versions, means a coordinator."""
        return None if self.programme.without_function else self.function

    def ground(self, duty: str) -> str:
        """Why the duty's last day gives way to the next weekday; empty where it does not. A file that says nothing of it,
        as those of the first versions, means by the law."""
        rule = self.last_days.get(duty)
        if rule is None:
            return calendar.LAW
        return (rule.ground or calendar.LAW) if rule.next_weekday else ""

    def last_day(self, duty: str, day: date | None) -> calendar.LastDay | None:
        """The day that was decided for the duty, and the one that holds; None where none is decided."""
        return calendar.LastDay(day, self.ground(duty)) if day else None

    def ceiling(self, place: Place, year: int) -> Decimal | None:
        """Kronor at most for a place in a year: its own ceiling, else that of its part."""
        ceilings = next(row.ceilings for row in self.years if row.year == year)
        of_its_part: Decimal | None = getattr(ceilings, place.part)
        return place.ceilings.get(year, of_its_part)
