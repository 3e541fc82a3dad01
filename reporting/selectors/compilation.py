"""Everything a year's compilation says, read once: from the approved reports and from the money."""

from django.utils.formats import date_format

from grants.lifecycle.assignment import Status as AssignmentStatus
from grants.models import Assignment, BudgetDecision, Coordinator, Tranche

from .. import content as contents
from .. import reading
from ..models import ReportVersion
from ..secrecy import masked
from . import accounts, voices
from .compiled import Compiled, Decision, Person, Seat, State, Terms
from .goals import goals, indicator_tables
from .money import money, total
from .readiness import reporting


def compiled(year):
    """The year's compilation as of now, in a fixed number of queries."""
    programme, definition = year.programme, year.programme.definition
    everyone = _seats(year)
    seats = tuple(row for row in everyone if not row.apart)
    terms = Terms(definition.sub_goals, definition.indicators, definition.cost_lines)
    return Compiled(
        code=programme.code,
        programme=programme.name,
        short_name=programme.short_name,
        purpose=definition.programme.purpose,
        strategy=definition.programme.strategy,
        year=year.year,
        costs_from=year.costs_from,
        costs_to=year.costs_to,
        report_due=year.report_due,
        compilation_due=year.compilation_due,
        department=year.receiving_department,
        compiler=str(programme.secretariat or programme.ministry),
        has_secretariat=programme.secretariat_id is not None,
        by_county=bool(seats) and len({row.county for row in seats if row.county}) == len(seats),
        condition=definition.budget_rule.condition if year.conditional and definition.budget_rule else "",
        budget=_budget(year),
        decisions=_decisions(programme),
        asked=tuple(row.form for row in contents.sections(definition, year.year)),
        goal_names=tuple((row.code, row.name) for row in definition.sub_goals),
        terms=terms,
        seats=seats,
        secretariat=next((row for row in everyone if row.apart), None),
        **derived(everyone, terms, year.year),
    )


def derived(everyone, terms, year):
    """{field: value} of all that follows from the seats: whoever has them can compute it again."""
    seats = tuple(row for row in everyone if not row.apart)
    initiatives = [row for seat in seats for row in _told(seat, "initiatives", "initiatives")]
    return {
        "count": len(seats),
        "approved": sum(row.approved for row in seats),
        "initiatives": len(initiatives),
        "money": total(row.money for row in seats),
        "money_of_all": total(row.money for row in everyone),
        "goals": goals(terms, year, seats),
        "indicators": indicator_tables(terms, year, seats),
        "full_time": _full_time(seats),
        "examples": sum(row.good_example for row in initiatives),
        "cooperation": voices.of(seats, "cooperation", contents.TEXTS["cooperation"][0][1]),
        "lessons": voices.by_label(seats, "lessons", [row[1] for row in contents.TEXTS["lessons"]]),
        "accounts": accounts.by_place(everyone),
        "accounts_total": accounts.together(everyone),
        "cost_lines": accounts.by_line(terms, everyone),
    }


def _told(seat, form, field):
    section = seat.section(form)
    return getattr(section, field) if section else ()


def _seats(year):
    """In code order, the secretariat last."""
    definition = year.programme.definition
    tranches = Tranche.objects.filter(year=year).with_money()
    holdings = _by_place(Assignment.objects.filter(place__programme=year.programme).select_related("holder"))
    people = _people(year)
    return [
        _seat(row, definition, holdings[row.place.pk], people.get(row.place.pk, ()))
        for row in reporting(year, tranches, ReportVersion.objects)
    ]


def _seat(row, definition, holdings, people):
    tranche, place = row.tranche, row.place
    content = ()
    if row.approved:
        public = masked(row.version.content, definition, tranche.year.year)
        content = reading.sections(public, definition, tranche.year.year)
    return Seat(
        code=place.code,
        name=place.name,
        apart=place.is_secretariat,
        county=place.county_id or "",
        holder=str(row.holder),
        org_nr=row.holder.org_nr,
        succession=_succession(holdings),
        people=people,
        money=money(tranche, row.version if row.approved else None),
        state=State(
            key=row.state,
            label=row.label,
            why=row.why,
            submitted_on=row.submitted_on,
            approved_on=row.report.approved_on if row.approved else None,
            version=row.version.number if row.version else None,
            late=row.late,
        ),
        content=content,
        used_reason=tranche.used_reason,
    )


def _succession(holdings):
    """Who held the place when, in words; empty where it has had one holder."""
    if len(holdings) < 2:
        return ""
    first, *later = sorted(holdings, key=lambda row: row.starts)
    told = f"{first.holder} höll platsen till och med {_day(first.ends)}"
    for row in later:
        told += f", {row.holder} från och med {_day(row.starts)}{_unanswered(row)}"
    return told + "."


def _day(day):
    return date_format(day, "j F Y")


def _unanswered(row):
    match row.status:
        case AssignmentStatus.DRAFT:
            return " (erbjudandet är inte expedierat)"
        case AssignmentStatus.OFFERED:
            return " (erbjudandet är inte besvarat)"
        case AssignmentStatus.DECLINED | AssignmentStatus.LAPSED:
            return " (erbjudandet är inte antaget)"
    return ""


def _by_place(assignments):
    found = {}
    for row in assignments.exclude(status=AssignmentStatus.ANNULLED):
        found.setdefault(row.place_id, []).append(row)
    return found


def _people(year):
    rows = Coordinator.objects.overlapping(year.costs_from, year.costs_to)
    found = {}
    for row in rows.filter(assignment__place__programme=year.programme).select_related("assignment"):
        person = Person(row.name, row.share, row.get_function_display(), row.starts, row.ends)
        found.setdefault(row.assignment.place_id, []).append(person)
    return {place: tuple(sorted(rows, key=lambda row: row.starts)) for place, rows in found.items()}


def _decisions(programme):
    rows = programme.decisions.filter(dispatched_on__isnull=False).order_by("decided_on", "pk")
    return tuple(Decision(row.title, row.case_number, row.decided_on) for row in rows)


def _budget(year):
    """The Riksdag's decision that fulfilled the condition, cited; empty where there is none."""
    row = BudgetDecision.objects.deciding().filter(year=year).order_by("decided_on", "pk").last()
    return f"{row} ({row.decided_on})" if row else ""


def _full_time(seats):
    """Full-time equivalents told, summed; None where nobody told."""
    label = next(row[1] for row in contents.TEXTS["function"] if row[0] == "function_fte")
    told = [
        contents.number(text.text)
        for seat in seats
        for text in _told(seat, "function", "texts")
        if text.label == label
    ]
    known = [value for value in told if value is not None]
    return sum(known) if known else None
