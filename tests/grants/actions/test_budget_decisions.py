"""The Riksdag's decision: registered by one, confirmed by another, and carried out exactly as previewed."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from access.actions import memberships
from actors.roles import Role
from digikoord.lib.verdict import Refused
from grants.actions import assignments, budget_decisions, requisitions, tranches
from grants.models import Assignment, BudgetDecision, Tranche
from tests.factories.played import fingerprint

CITED = {"proposition": "2019/20:1", "expenditure_area": "utg.omr. 22", "committee_report": "2019/20:TU1"}
CITED |= {"riksdag_letter": "2019/20:113", "decided_on": datetime.date(2019, 3, 19)}


def register(cast, year=2020, by=None, kind="appropriation", outcome="as_proposed", **changed):
    given = {**CITED, "kind": kind, "outcome": outcome, **changed}
    return budget_decisions.register(cast.year(year), by=by or cast.official(), **given)


def statuses(cast, year):
    return sorted({row.status for row in cast.tranches(year)})


def confirm(cast, row):
    """What is previewed is what is done."""
    planned = {effect.tranche.pk: effect.new_ceiling for effect in budget_decisions.effects(row)}
    budget_decisions.confirm(row, by=cast.decider())
    for pk, ceiling in planned.items():
        tranche = Tranche.objects.get(pk=pk)
        assert (0 if tranche.status == "cancelled" else tranche.ceiling) == ceiling
    return planned


def test_a_frame_releases_nothing(cast):
    assert confirm(cast, register(cast, kind="frame")) == {}
    assert statuses(cast, 2020) == ["conditional"]


def test_the_appropriation_releases_the_year(cast):
    assert len(confirm(cast, register(cast))) == 22
    assert statuses(cast, 2020) == ["open"]


def test_a_lower_amount_is_a_new_ceiling_for_each(cast):
    lower = {"recipient_ceiling": Decimal(800_000), "secretariat_ceiling": Decimal(1_500_000)}
    confirm(cast, register(cast, outcome="changed", **lower))
    ceilings = {row.ceiling for row in cast.tranches(2020)}
    assert ceilings == {Decimal(800_000), Decimal(1_500_000)}


def test_a_lower_amount_asks_for_a_new_decision_but_leaves_what_is_requisitioned(cast):
    lower = {"recipient_ceiling": Decimal(800_000), "secretariat_ceiling": Decimal(1_500_000)}
    confirm(cast, register(cast, year=2019, outcome="changed", **lower))
    paid, granted = cast.tranche("14", 2019), cast.tranche("04", 2019)
    assert (paid.status, paid.amount, paid.ceiling) == ("granted", Decimal(1_000_000), Decimal(1_000_000))
    assert (granted.status, granted.amount, granted.ceiling) == ("open", None, Decimal(800_000))


def test_a_rejection_cancels_and_a_later_decision_restores(cast):
    confirm(cast, register(cast, outcome="rejected"))
    assert statuses(cast, 2020) == ["cancelled"]
    confirm(cast, register(cast, decided_on=datetime.date(2019, 3, 20)))
    assert statuses(cast, 2020) == ["open"]


def test_what_lapses_comes_back_conditional_where_the_year_still_waits(cast):
    offer = cast.assignment("01")
    assignments.lapse(offer, by=cast.official(), reason="Inget svar.")
    assert set(offer.tranches.values_list("status", flat=True)) == {"cancelled"}
    again = Assignment.objects.get(pk=offer.pk)
    assignments.reopen(again, by=cast.decider(), answer_due=datetime.date(2019, 4, 30), reason="Bad om det.")
    found = list(offer.tranches.order_by("year__year").values_list("year__year", "status"))
    assert found == [(2019, "open"), (2020, "conditional")]


def test_the_one_who_registered_does_not_confirm_whatever_their_roles(cast):
    person = cast.official()
    memberships.invite(
        cast.programme.ministry, email=person.email, name=person.name, role=Role.DECISION_MAKER
    )
    row = register(cast, by=cast.official())
    before = fingerprint()
    with pytest.raises(Refused, match="Du har själv registrerat"):
        budget_decisions.confirm(row, by=cast.official())
    assert fingerprint() == before


def test_confirmed_once_and_not_withdrawn_afterwards(cast):
    row = register(cast)
    confirm(cast, row)
    again = BudgetDecision.objects.get(pk=row.pk)
    with pytest.raises(Refused, match="går inte nu"):
        budget_decisions.confirm(again, by=cast.decider())
    with pytest.raises(Refused, match="går inte nu"):
        budget_decisions.withdraw(again, by=cast.official(), reason="Fel.")


def test_no_decision_of_tomorrow_nor_of_a_year_without_condition(cast):
    with pytest.raises(Refused, match="framtiden"):
        register(cast, decided_on=datetime.date(2019, 3, 21))
    with pytest.raises(Refused, match="inte villkorat"):
        register(cast, year=2018)


def test_a_changed_outcome_says_the_amount(cast):
    with pytest.raises(ValidationError):
        register(cast, outcome="changed")


def test_conditional_money_is_neither_prepared_nor_requisitioned(cast):
    row = cast.tranche("14", 2020)
    with pytest.raises(Refused, match="går inte nu"):
        tranches.prepare(row, by=cast.official(), amount=1000)
    with pytest.raises(Refused, match="Bara beviljade medel"):
        requisitions.write(row, by=cast.writer(row.holder), amount=1000)
