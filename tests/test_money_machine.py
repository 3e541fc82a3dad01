"""Random histories of the money, by many people: refused acts are fine, a broken rule never is.

`make soak` plays 2 000 from a seed that is printed; DIGIKOORD_SEED plays it again, DIGIKOORD_HISTORIES that many.
"""

import os
import random
import sys
from collections import Counter

import hypothesis
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from digikoord.lib.verdict import Refused
from overview.selectors import proof, proof_rules
from overview.selectors.ledger import ledger
from tests.factories.money_bank import DRAWN, SELDOM
from tests.factories.money_world import World, begin
from tests.test_growth import programme_file

SOAK = bool(os.environ.get("DIGIKOORD_SOAK"))
HISTORIES = int(os.environ.get("DIGIKOORD_HISTORIES") or (2_000 if SOAK else 30))
STEPS, TRIES = 50, 4
# Whose row is done with afterwards, or who may do no more: last, until the others have been tried so many times
ENDS, PATIENCE = {"cancel_payment", "cancel_requisition", "close", "declare_conflict"}, 3
ENOUGH = 30  # fewer come to some acts by luck alone
WHOLE = 25  # every so many steps the whole check, trail and all
# What some history must have come to, or the histories prove nothing.
REACHED = {
    "confirm",
    "accept_account",
    "receive",
    "export",
    "confirm_budget",
    "decide_recovery",
    "hand_out",
    "answer_from_bank",
    "deposits_from_bank",
    "settle_line",
    "bank_takes_back",
    "confirm_bank_details",
    "bring_back",
    "verify_anew",
    "declare_conflict",
    "lift_conflict",
}


class Money(RuleBasedStateMachine):
    """The world is begun once; each history is undone before the next."""

    walk = None
    done = Counter()

    def __init__(self):
        super().__init__()
        self.undo = transaction.savepoint()
        self.world, self.steps, self.story, self.met = World(self.walk), 0, [], Counter()

    def teardown(self):
        try:
            self.everything_holds()
        finally:
            transaction.savepoint_rollback(self.undo)

    @rule(seed=st.integers(0, 2**32 - 1))
    def somebody_acts(self, seed):
        """Who, what, which row and how much follow from the seed and from what the history has come to.

        What the history has done least is tried first, and somebody tries something else where they are refused.
        """
        chance = random.Random(f"{seed} {self.steps}")
        self.world.choose = lambda most: chance.randint(0, most)
        self.steps += 1
        drawn = [self.world.likely(chance.choice(DRAWN + SELDOM * 4)) for _ in range(TRIES)]
        for name in sorted(drawn, key=lambda name: self.met[name] + PATIENCE * (name in ENDS)):
            done = self.attempted(name)
            self.met[name] += PATIENCE if done else 1
            if done:
                self.done[name] += 1
                self.story.append(f"{self.world.day} {name}: {done!r:.90}")
                self.everything_holds() if self.steps % WHOLE == 0 else self.the_rules_hold()
                return

    def attempted(self, name):
        """What the act gave, or None where it was refused, and undone, or there was nothing to do it to."""
        try:
            with transaction.atomic():
                done = self.world.act(name)
                at_the_end_of_a_transaction()
        except (Refused, ValidationError):
            self.done["refused"] += 1  # and undone: there is nothing new to check
            return None
        self.done["nothing to do"] += not done
        return done

    def the_rules_hold(self):
        programme = self.world.programme
        tranches = {row.tranche.pk: row.tranche for year in ledger(programme) for row in year.rows}
        _, broken = proof_rules.broken(programme, tranches)
        assert not broken, "\n".join([*map(str, broken), *self.story])

    def everything_holds(self):
        found = proof.prove(self.world.programme).differences
        assert not found, "\n".join([*map(str, found), *self.story])


def at_the_end_of_a_transaction():
    """What PostgreSQL checks at the end of a transaction is checked after each act."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def say(text):
    sys.stdout.write(f"\n{text}\n")


def profile():
    return settings(
        max_examples=HISTORIES,
        stateful_step_count=STEPS,
        derandomize=not SOAK,
        database=None,
        deadline=None,
        print_blob=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


def test_the_books_balance_after_every_step_of_every_history(db, tmp_path):
    Money.walk = begin(programme_file(tmp_path, 3))
    Money.done.clear()
    machine = Money
    if SOAK:
        seed = int(os.environ.get("DIGIKOORD_SEED") or random.SystemRandom().getrandbits(32))
        say(f"DIGIKOORD_SEED={seed}, {HISTORIES} histories of {STEPS} steps")
        machine = hypothesis.seed(seed)(Money)
    run_state_machine_as_test(machine, settings=profile())
    say(f"{sum(Money.done.values())} steps: {dict(Money.done.most_common())}")
    assert HISTORIES < ENOUGH or set(Money.done) >= REACHED, REACHED - set(Money.done)
