"""What a page says that an act does is what it does, and all of it: compared row by row over random states.

Each history is random acts by many people, drafts sprinkled over it, successions planned and registered. Then every act with
a preview is tried from there, its effects read first, and undone again.
"""

import datetime
import os
import random
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from actors.models import Succession
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants import documents
from grants.actions import (
    amendments,
    assignments,
    budget_decisions,
    budget_effects,
    decisions,
    effects,
    effects_on_endings,
    effects_on_successions,
    endings,
    requisitions,
    succession_plans,
    successions,
    tranche_changes,
    tranches,
)
from grants.models import Amendment, Assignment, Coordinator, Payment, Requisition, Tranche
from tests.factories.money_bank import DRAWN
from tests.factories.money_world import FIRST_DAY, World, begin
from tests.loans import lent
from tests.test_growth import programme_file

HISTORIES = int(os.environ.get("DIGIKOORD_HISTORIES") or 8)
ENOUGH = 8  # fewer come to some acts by luck alone
STEPS = 18
ORE = Decimal("0.01")
WATCHED = {
    "tranche": Tranche,
    "requisition": Requisition,
    "payment": Payment,
    "assignment": Assignment,
    "coordinator": Coordinator,
}
# What the person who acts types or signs, which no page can tell beforehand
TYPED = {"reason", "answered_by_id", "answered_on", "answered_late", "answered_sha256", "succeeds_id"}
# The act's own row, which is done with
OWN = ("budget_decision:", "decision:")
CITED = {
    "kind": "amending",
    "proposition": "2022/23:1",
    "expenditure_area": "utg.omr. 22",
    "committee_report": "2022/23:TU1",
    "riksdag_letter": "2022/23:109",
}


@dataclass
class Trial:
    """An act with its preview. `can` is the verdict whether it can be done now."""

    name: str
    can: object
    planned: list
    do: object


def rows():
    """{key: {column: value}} of everything watched, and the open duties as (kind, key)."""
    found = {}
    for noun, model in WATCHED.items():
        columns = [field.attname for field in model._meta.concrete_fields]
        for values in model.objects.values(*columns):
            found[f"{noun}:{values['id']}"] = values
    duties = set(Obligation.objects.open().values_list("kind", "key"))
    return found, {duty for duty in duties if not duty[1].startswith((*OWN, "year:"))}


def expected(before, duties, planned):
    """The rows and the duties as the effects say that they become."""
    after, left = {key: dict(values) for key, values in before.items()}, set(duties)
    for one in planned:
        if one.sets:
            after[one.key] |= dict(one.sets)
        if one.what == "Koordinator":
            after[one.key]["ends"] = one.after
        left -= {(kind, one.key) for kind in one.ends}
        left |= {(kind, one.key) for kind in one.owes}
    return after, left


def differences(told, met):
    """What became otherwise than was said, but for what somebody typed and rows that were not there."""
    for key, values in told.items():
        for column, value in values.items():
            now = met[key][column]
            moved = value is None and column == "assignment_id" and now != value
            if now != value and not moved and column not in TYPED:
                yield f"{key}.{column}: said {value!r}, is {now!r}"


def try_(trial, seed):
    """Do the act, compare with what was said, and undo it. Whether it could be done."""
    before, duties = rows()
    with lent():
        refusal = refused(trial.do)
        assert bool(refusal) != bool(trial.can), (
            f"{seed} {trial.name}: can is {trial.can}, refused is {refusal}"
        )
        if refusal:
            return False
        met, duties_met = rows()
    told, duties_told = expected(before, duties, trial.planned)
    wrong = list(differences(told, met))
    new = met.keys() - told.keys()
    fresh = {duty for duty in duties_met if duty[1] in new}
    duties_met -= fresh
    wrong += [f"duty {duty} was not told of" for duty in sorted(duties_met - duties_told)]
    wrong += [f"duty {duty} was told of" for duty in sorted(duties_told - duties_met)]
    assert not wrong, "\n".join([f"{seed} {trial.name}", *map(str, trial.planned), *wrong])
    nouns = {key.split(":")[0] for key in new}
    assert nouns <= {"assignment", "tranche"}, f"{trial.name} made {new}"
    return True


def refused(act):
    """The sentence of the refusal, or nothing where it was done."""
    try:
        with transaction.atomic():
            act()
    except (Refused, ValidationError) as refusal:
        return str(refusal)
    return ""


class Trials:
    """Every act with a preview, from the state that the world has come to."""

    def __init__(self, world, chance):
        self.world, self.walk, self.chance = world, world.walk, chance

    def all(self):
        for row in Tranche.objects.select_related(
            "year__programme", "place__programme", "assignment__holder"
        ):
            yield from self.of_tranche(row)
        for row in Assignment.objects.select_related("place__programme", "holder", "decision"):
            yield from self.of_assignment(row)
        for row in Requisition.objects.select_related("tranche__year", "tranche__assignment__holder"):
            yield self.cancelling(row)
        yield from self.of_successions()
        yield from self.of_budgets()
        yield from self.of_decisions()

    def trial(self, name, can, planned, do):
        """`planned` is asked only where the act can be done; the act is given the seal of what was read."""
        found = list(planned()) if can else []
        return Trial(name, can, found, lambda: do(effects.seal(found)))

    def of_tranche(self, row):
        walk, why = self.walk, "Prov."
        can = row.can("reopen") & tranches.is_unclaimed(row)
        yield self.trial(
            f"reopen {row}",
            can,
            lambda: tranche_changes.reopening(row),
            lambda seen: tranches.reopen(row, by=walk.decider(), reason=why, seen=seen),
        )
        can = row.can("close") & tranches.is_at_rest(row)
        yield self.trial(
            f"close {row}",
            can,
            lambda: tranche_changes.closing(row),
            lambda seen: tranches.close(row, by=walk.official(), reason=why, seen=seen),
        )

    def of_assignment(self, row):
        walk, why, day = self.walk, "Prov.", self.world.day
        yield self.trial(
            f"revoke {row}",
            row.can("revoke") and row.starts <= day,
            lambda: effects_on_endings.revoking(row),
            lambda seen: endings.revoke(row, by=walk.decider(), heard_on=day, reason=why, seen=seen),
        )
        yield self.trial(
            f"conclude {row}",
            row.can("conclude") and not endings.hindrances(row),
            lambda: effects_on_endings.concluding(row),
            lambda seen: endings.conclude(row, by=walk.decider(), seen=seen),
        )
        for move, by in (("lapse", walk.official), ("annul", walk.decider)):
            yield self.trial(
                f"{move} {row}",
                row.can(move),
                lambda move=move: effects_on_endings.ending(row, move, assignments.ENDED[move]),
                lambda seen, move=move, by=by: getattr(assignments, move)(
                    row, by=by(), reason=why, seen=seen
                ),
            )
        yield self.trial(
            f"decline {row}",
            row.can("decline"),
            lambda: effects_on_endings.ending(row, "decline", assignments.DECLINED),
            lambda seen: self.decline(row, seen),
        )

    def decline(self, row, seen):
        text = documents.sha256(documents.offer_text(row))
        return assignments.decline(row, by=self.walk.signatory(row.holder), text_sha256=text, seen=seen)

    def cancelling(self, row):
        return self.trial(
            f"cancel {row}",
            row.can("cancel") & requisitions.has_no_payment(row),
            lambda: requisitions.cancelling(row),
            lambda seen: requisitions.cancel(row, by=self.walk.official(), reason="Prov.", seen=seen),
        )

    def of_successions(self):
        programme, by = self.world.programme, self.walk.decider
        for plan in successions.plans(programme):
            row = plan.succession
            found = Trial(f"register {row}", plan.possible, plan.effects, None)
            found.do = lambda row=row: successions.register_many(
                programme,
                by=by(),
                successions=[row],
                decided_on=self.world.day,
                seen=effects.seal(successions.effects_of(successions.plans(programme))),
            )
            yield found
        for row in Succession.objects.filter(status="registered"):
            new = successions.taken_over(row, programme)
            yield self.trial(
                f"undo {row}",
                successions.can_undo(new),
                lambda new=new: effects_on_successions.undoing(new),
                lambda seen, row=row: successions.undo(
                    row, by=by(), programme=programme, reason="Prov.", seen=seen
                ),
            )

    def of_budgets(self):
        for year in self.world.programme.years.filter(conditional=True):
            for outcome in (
                {"outcome": "as_proposed"},
                {"outcome": "rejected"},
                {
                    "outcome": "changed",
                    "recipient_ceiling": Decimal(self.chance.choice([0, 50_000, 150_000])),
                },
                {
                    "outcome": "changed",
                    "percent": Decimal(self.chance.choice(["12.5", "33.3333", "100"])),
                    "whole_kronor": True,
                },
            ):
                yield from self.of_budget(year, outcome)

    def of_budget(self, year, outcome):
        with lent():
            try:
                row = budget_decisions.register(
                    year, by=self.walk.official(), decided_on=self.world.day, **CITED, **outcome
                )
            except (Refused, ValidationError):
                return
            planned = budget_effects.effects(row)
            within = budget_effects.is_within(row, planned)
            yield Trial(
                f"confirm {outcome} of {year}",
                budget_decisions.is_latest(row) & within,
                [*planned, *budget_effects.drafts(planned)],
                lambda: budget_decisions.confirm(row, by=self.walk.decider(), seen=effects.seal(planned)),
            )

    def of_decisions(self):
        programme, by = self.world.programme, self.walk.official
        with lent():
            draft = decisions.register(
                programme, by=by(), title="Prov", text="Prov.", decided_on=self.world.day
            )
            for year in programme.years.all():
                amount = Decimal(self.chance.choice([1000, 80_000, 200_000]))
                amendments.ceiling(draft, by=by(), year=year, amount=amount, part="recipient")
            for place in programme.places.without_holder():
                actor = Assignment.objects.filter(place=place).earliest("pk").holder
                starts = self.world.day + datetime.timedelta(days=1)
                ends = programme.definition.programme.ends
                try:
                    amendments.offer(draft, by=by(), place=place, actor=actor, starts=starts, ends=ends)
                except (Refused, ValidationError):
                    assert not Amendment.objects.filter(decision=draft, place=place).exists()
            planned = amendments.effects(draft)
            yield Trial(
                "dispatch a decision",
                effects.is_possible(planned),
                planned,
                lambda: decisions.dispatch(draft, by=self.walk.decider(), seen=effects.seal(planned)),
            )


def history(world, chance):
    """Random acts, refused or not; then drafts of one öre wherever one can be written, and a succession or two."""
    world.choose = lambda most: chance.randint(0, most)
    for _ in range(chance.randint(3, STEPS)):
        attempt(lambda: world.act(world.likely(chance.choice(DRAWN))))
        if chance.random() < 0.3:
            sprinkle(world, chance)
    with standing_at(world.day):
        grant_what_waits(world, chance)
        plan_successions(world, chance)
    sprinkle(world, chance)
    for row in Assignment.objects.filter(status="in_force"):
        if chance.random() < 0.15:
            attempt(
                lambda row=row: endings.revoke(row, by=world.walk.decider(), heard_on=world.day, reason="x")
            )


def attempt(act):
    try:
        with transaction.atomic():
            return act()
    except (Refused, ValidationError):
        return None


def grant_what_waits(world, chance):
    """Of what is undecided, half: the world begins with one such place, and few acts come to it by themselves."""
    for row in Tranche.objects.select_related("year__programme", "place__programme", "assignment__holder"):
        if chance.random() < 0.5:
            attempt(lambda row=row: tranches.prepare(row, by=world.walk.official(), amount=row.ceiling))
            fresh = Tranche.objects.get(pk=row.pk)
            attempt(lambda row=fresh: tranches.grant(row, by=world.walk.decider()))


def sprinkle(world, chance):
    with standing_at(world.day):
        for row in Tranche.objects.filter(status="granted").select_related(
            "assignment__holder", "place__programme"
        ):
            if chance.random() < 0.6:
                attempt(lambda row=row: requisitions.write(row, by=world.walk.writer(row.holder), amount=ORE))


def plan_successions(world, chance):
    """Of some holders, from the middle of the first year or the start of the second; half of them registered."""
    by, held = world.walk.decider, Assignment.objects.filter(status="in_force", place__part="recipient")
    for old in [row.holder for row in held.select_related("holder") if chance.random() < 0.5]:
        day = chance.choice([datetime.date(2022, 6, 1), datetime.date(2023, 1, 1), datetime.date(2023, 1, 1)])
        heir = {"legal_basis": "Beslut", "legal_name": f"Nya {old}", "kind": "municipality"}
        row = attempt(
            lambda old=old, day=day, heir=heir: succession_plans.enter(
                world.programme, by=world.walk.official(), predecessor=old, effective_on=day, **heir
            )
        )
        if row and chance.random() < 0.5:
            many = {"successions": [row], "decided_on": world.day}
            attempt(lambda many=many: successions.register_many(world.programme, by=by(), **many))


@pytest.fixture(scope="module")
def walk(lasting, tmp_path_factory):
    return begin(programme_file(tmp_path_factory.mktemp("previews"), 3))


def test_what_the_page_says_is_what_happens(walk, db):
    """And every act with a preview was done in some state: what never could be done proves nothing."""
    done = Counter()
    for seed in range(HISTORIES):
        chance, world = random.Random(seed), World(walk)
        with lent():
            with standing_at(FIRST_DAY):
                history(world, chance)
            with standing_at(world.day):
                for trial in Trials(world, chance).all():
                    done[trial.name.split()[0]] += try_(trial, seed)
    acts = ["reopen", "close", "revoke", "lapse", "annul", "decline", "cancel", "register", "undo"]
    assert HISTORIES < ENOUGH or all(done[act] for act in [*acts, "confirm", "dispatch"]), done
