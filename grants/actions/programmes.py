"""Loads a programme from its file: all of it or nothing, and never over what has been acted on."""

import datetime
from collections.abc import Mapping
from typing import cast

from django.db import transaction

from actors.models import Actor, Succession, User
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.actions.obligations import owe
from programmes import programme_file
from programmes.models import Programme, ProgrammeFile
from programmes.models.programme import digest
from programmes.programme_changes import Change, changes
from records.actions import audit

from ..events.programme import ProgrammeLoaded
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.government_decision import Status as DecisionStatus
from ..models import Assignment, GovernmentDecision, Place, ProgrammeYear
from .acted_on import acted_on
from .shared_registers import write_actors, write_counties

YEAR_FIELDS = (
    "conditional",
    "requisition_from",
    "requisition_to",
    "costs_from",
    "costs_to",
    "report_due",
    "repay_due",
    "compilation_due",
    "receiving_department",
)
DECISION_FIELDS = ("case_number", "decided_on", "title", "text", "answer_due")


def differences(source: str) -> tuple[Programme | None, list[Change]]:
    """(programme or None, changes): what loading the file's text would change.

    Raises programme_file.Faults with every fault of a wrong file.
    """
    definition = programme_file.read(source)
    programme = Programme.objects.filter(code=definition.programme.code).first()
    found = list(changes(programme.definition, definition)) if programme else []
    return programme, found


@transaction.atomic
def load(source: str, *, by: User) -> tuple[Programme, list[Change]]:
    """Load the file's text. Returns (programme, changes); no changes where it was already loaded.

    Raises programme_file.Faults for a wrong file, and Refused where it would rewrite what has been
    acted on; nothing is loaded then.
    """
    definition = programme_file.read(source)
    programme, found = differences(source)
    if programme and not found:
        return programme, []
    refusals = [f"{row}. {why}" for row in found if (why := acted_on(cast("Programme", programme), row))]
    if refusals:
        raise Refused("\n".join(refusals))
    if programme:
        _forget_successions(programme.definition, definition)
    programme = _write(definition, source)
    audit.record(ProgrammeLoaded(changes=[str(row) for row in found]), programme, by=by)
    return programme, found


def _write(definition: programme_file.ProgrammeFile, source: str) -> Programme:
    write_counties(definition)
    actors = write_actors(definition)
    head = definition.programme
    programme, _ = Programme.objects.update_or_create(
        code=head.code,
        defaults={
            "name": head.name,
            "short_name": head.short_name,
            "ministry": actors[head.ministry],
            "disburser": actors[head.disburser],
            "secretariat": actors.get(head.secretariat_actor),
            "sha256": digest(source),
        },
    )
    ProgrammeFile.objects.update_or_create(programme=programme, defaults={"source": source})
    _forget_what_left(programme, definition)
    for row in definition.years:
        values = {name: getattr(row, name) for name in YEAR_FIELDS}
        ProgrammeYear.objects.update_or_create(programme=programme, year=row.year, defaults=values)
    decisions = {row.key: _write_decision(programme, row) for row in definition.decisions}
    for place in definition.places:
        _write_place(programme, place, actors, decisions)
    return programme


def _write_decision(programme: Programme, row: programme_file.Decision) -> GovernmentDecision:
    values = {name: getattr(row, name) for name in DECISION_FIELDS}
    values["text"] = row.text.strip()
    decision, _ = GovernmentDecision.objects.get_or_create(programme=programme, key=row.key, defaults=values)
    if decision.status == DecisionStatus.DRAFT:
        GovernmentDecision.objects.filter(pk=decision.pk).update(**values)
        owe("dispatch", decision, since=row.decided_on)
    return decision


def _write_place(
    programme: Programme,
    row: programme_file.Place,
    actors: Mapping[str, Actor],
    decisions: Mapping[str, GovernmentDecision],
) -> None:
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


def _write_succession(predecessor: Actor, successor: Actor, holder: programme_file.Holder) -> None:
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


def _forget_what_left(programme: Programme, definition: programme_file.ProgrammeFile) -> None:
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
    left = programme.decisions.filter(status=DecisionStatus.DRAFT, registered_by__isnull=True).exclude(
        key__in=[row.key for row in definition.decisions]
    )
    for decision in left:
        obligations.void("dispatch", decision, "Beslutet finns inte längre i programmets fil.")
    left.delete()


def _forget_successions(before: programme_file.ProgrammeFile, after: programme_file.ProgrammeFile) -> None:
    """Remove what the file planned, has taken back or moved, and nobody has registered."""
    for predecessor, day in _successions(before) - _successions(after):
        Succession.objects.filter(predecessor__code=predecessor, effective_on=day, status="planned").delete()


def _successions(definition: programme_file.ProgrammeFile) -> set[tuple[str, datetime.date]]:
    """{(predecessor's code, day)} that the file plans."""
    found = set()
    for place in definition.places:
        for holder in place.holders:
            before = place.predecessor_of(holder)
            if before:
                found.add((before.actor, holder.starts))
    return found
