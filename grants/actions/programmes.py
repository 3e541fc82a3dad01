"""Loads a programme from its file: all of it or nothing, and never over what has been acted on."""

from django.db import transaction

from actors.actions import audit
from actors.models import Actor, County, Succession
from digikoord.lib.verdict import Refused

from .. import programme_file
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.government_decision import Status as DecisionStatus
from ..models import Assignment, GovernmentDecision, Place, Programme, ProgrammeYear
from ..programme_changes import changes

YEAR_FIELDS = (
    *("conditional", "requisition_from", "requisition_to", "costs_from", "costs_to"),
    *("report_due", "repay_due", "compilation_due", "receiving_department"),
)
ACTOR_FIELDS = ("kind", "legal_name", "display_name", "org_nr", "org_nr_basis", "dissolved_on")
DECISION_FIELDS = ("case_number", "decided_on", "title", "text", "answer_due")


def differences(source):
    """(programme or None, changes): what loading the file's text would change.

    Raises programme_file.Faults with every fault of a wrong file.
    """
    definition = programme_file.read(source)
    programme = Programme.objects.filter(code=definition.programme.code).first()
    found = list(changes(programme.definition, definition)) if programme else []
    return programme, found


@transaction.atomic
def load(source, *, by):
    """Load the file's text. Returns (programme, changes); no changes where it was already loaded.

    Raises programme_file.Faults for a wrong file, and Refused where it would rewrite what has been
    acted on; nothing is loaded then.
    """
    definition = programme_file.read(source)
    programme, found = differences(source)
    if programme and not found:
        return programme, []
    refusals = [f"{row}. {why}" for row in found if (why := acted_on(programme, row))]
    if refusals:
        raise Refused("\n".join(refusals))
    programme = _write(definition, source)
    audit.record("programme.loaded", programme, by=by, changes=[str(row) for row in found])
    return programme, found


def acted_on(programme, change):
    """Why the change cannot be made any more, or an empty string."""
    dispatched = programme.decisions.filter(status=DecisionStatus.DISPATCHED)
    match change.path:
        case ("programme", "ministry" | "disburser" | "secretariat_actor", *_):
            acted = dispatched.exists()
        case ("decisions", key, *_):
            acted = dispatched.filter(key=key).exists()
        case ("places", code, *_):
            acted = dispatched.filter(assignments__place__code=code).exists()
        case ("years", year, "receiving_department"):
            acted = False
        case ("years", year, *_):
            acted = dispatched.exists() and programme.years.filter(year=year, tranches__isnull=False).exists()
        case ("actors", code, "org_nr" | "org_nr_basis" | "valid_from"):
            acted = change.path[2] == "org_nr" and bool(change.before)
        case ("actors", code, *_):
            acted = dispatched.filter(assignments__holder__code=code).exists()
        case _:
            acted = False
    return "Beslutet är expedierat: ändras genom ett nytt beslut, inte i filen." if acted else ""


def _write(definition, source):
    for row in definition.counties:
        County.objects.update_or_create(code=row.code, defaults={"letter": row.letter, "name": row.name})
    actors = {row.code: _write_actor(row) for row in definition.actors}
    head = definition.programme
    programme, _ = Programme.objects.update_or_create(
        code=head.code,
        defaults={
            "name": head.name,
            "short_name": head.short_name,
            "ministry": actors[head.ministry],
            "disburser": actors[head.disburser],
            "secretariat": actors.get(head.secretariat_actor),
            "source": source,
        },
    )
    _forget_what_left(programme, definition)
    for row in definition.years:
        values = {name: getattr(row, name) for name in YEAR_FIELDS}
        ProgrammeYear.objects.update_or_create(programme=programme, year=row.year, defaults=values)
    decisions = {row.key: _write_decision(programme, row) for row in definition.decisions}
    for row in definition.places:
        _write_place(programme, row, actors, decisions)
    return programme


def _write_actor(row):
    """An actor known from another programme must be the same legal person here."""
    values = {name: getattr(row, name) for name in ACTOR_FIELDS}
    known = Actor.objects.filter(code=row.code).first()
    if known and known.org_nr and row.org_nr and known.org_nr != row.org_nr:
        raise Refused(
            f"Aktören {row.code} finns redan med organisationsnummer {known.org_nr}, inte {row.org_nr}."
        )
    if known and not row.org_nr:
        values["org_nr"], values["org_nr_basis"] = known.org_nr, known.org_nr_basis
    clash = Actor.objects.filter(org_nr=row.org_nr).exclude(code=row.code).exclude(org_nr="").first()
    if clash:
        raise Refused(f"Organisationsnumret {row.org_nr} används redan av {clash}.")
    actor, _ = Actor.objects.update_or_create(code=row.code, defaults=values)
    return actor


def _write_decision(programme, row):
    values = {name: getattr(row, name) for name in DECISION_FIELDS}
    values["text"] = row.text.strip()
    decision, _ = GovernmentDecision.objects.get_or_create(programme=programme, key=row.key, defaults=values)
    if decision.status == DecisionStatus.DRAFT:
        GovernmentDecision.objects.filter(pk=decision.pk).update(**values)
    return decision


def _write_place(programme, row, actors, decisions):
    place, _ = Place.objects.update_or_create(
        programme=programme,
        code=row.code,
        defaults={"name": row.name, "part": row.part, "county_id": row.county or None},
    )
    last_day = programme.definition.programme.ends
    first, *later = sorted(row.holders, key=lambda holder: holder.starts)
    decision = decisions[row.decision_of(first)]
    if decision.status == DecisionStatus.DRAFT:
        Assignment.objects.update_or_create(
            place=place,
            status=AssignmentStatus.DRAFT,
            defaults={
                "holder": actors[first.actor],
                "decision": decision,
                "instrument": first.instrument,
                "starts": first.starts,
                # A planned succession ends nothing; registering it does.
                "ends": last_day if later else first.ends or last_day,
                "answer_due": decision.answer_due,
            },
        )
    previous = first
    for holder in later:
        _write_succession(actors[previous.actor], actors[holder.actor], holder)
        previous = holder


def _write_succession(predecessor, successor, holder):
    known = Succession.objects.filter(predecessor=predecessor, effective_on=holder.starts).first()
    if known and known.status != "planned":
        return
    Succession.objects.update_or_create(
        predecessor=predecessor,
        effective_on=holder.starts,
        defaults={
            "successor": successor,
            "legal_basis": holder.legal_basis,
            "predecessor_dissolved": holder.predecessor_dissolved,
        },
    )


def _forget_what_left(programme, definition):
    """Remove undispatched rows that the edited file no longer has."""
    gone = programme.places.exclude(code__in=[row.code for row in definition.places])
    Assignment.objects.filter(place__in=gone, status=AssignmentStatus.DRAFT).delete()
    gone.delete()
    programme.years.exclude(year__in=[row.year for row in definition.years]).delete()
    Assignment.objects.filter(
        place__programme=programme,
        status=AssignmentStatus.DRAFT,
        decision__key__isnull=False,
    ).exclude(decision__key__in=[row.key for row in definition.decisions]).delete()
    # What an official has registered is no part of the file.
    programme.decisions.filter(status=DecisionStatus.DRAFT, registered_by__isnull=True).exclude(
        key__in=[row.key for row in definition.decisions]
    ).delete()
