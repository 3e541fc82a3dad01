"""A draft in the middle of the story: it keeps no money, and stays with whom it was written by."""

import pytest

from access.actions import memberships
from actors.models import Actor, Succession, User
from actors.roles import Role
from digikoord.lib.clock import today
from grants.actions import budget_decisions, requisitions, successions
from grants.models import Requisition
from overview.selectors import proof
from tests.grants.actions.test_requisition_drafts import CITED, ORE, fell

pytestmark = pytest.mark.django_db


def test_it_keeps_no_money_after_the_riksdags_rejection(cast):
    row = cast.tranche("04", 2019)
    draft = requisitions.write(row, by=cast.writer(row.holder), amount=ORE)
    decision = budget_decisions.register(
        cast.year(2019), by=cast.official(), outcome="rejected", decided_on=today(), **CITED
    )
    budget_decisions.confirm(decision, by=cast.decider())
    assert cast.tranche("04", 2019).status == "cancelled"
    assert fell(draft, "Riksdagen")
    assert not proof.prove(cast.programme).differences


def test_it_stays_with_whom_it_was_written_by_when_the_place_goes_over(cast):
    row = cast.tranche("04", 2019)
    old = row.holder
    draft = requisitions.write(row, by=cast.writer(old), amount=ORE)
    heir = Actor.objects.create(
        code="arvtagaren", kind="region", legal_name="Region Arvet", display_name="Region Arvet"
    )
    succession = Succession.objects.create(predecessor=old, successor=heir, effective_on="2019-03-01")
    (plan,) = [one for one in successions.plans(cast.programme) if one.succession == succession]
    assert plan.possible
    assert any(one.hidden and one.key == f"requisition:{draft.pk}" for one in plan.effects)
    successions.register_many(
        cast.programme, by=cast.decider(), successions=[succession], decided_on="2019-03-20"
    )
    assert cast.tranche("04", 2019).holder == heir
    assert fell(draft, "följt platsen")
    memberships.invite(heir, email="teckna@arvet.example", name="Eva Arv", role=Role.SIGNATORY)
    theirs = Requisition.objects.visible_to(User.objects.get(email="teckna@arvet.example"))
    assert not theirs.filter(pk=draft.pk).exists()
    assert Requisition.objects.visible_to(cast.writer(old)).filter(pk=draft.pk).exists()
    assert str(Requisition.objects.get(pk=draft.pk)) == f"rekvisition 2019 från {old}"
