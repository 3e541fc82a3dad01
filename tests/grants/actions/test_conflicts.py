"""Jäv: whoever has declared it for an actor takes no part in that actor's matters until another has lifted it."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from access.actions import conflicts, memberships
from actors.impartial import is_impartial
from actors.models import Actor, ConflictOfInterest, Succession, User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.actions import ladders
from duties.models import Notice, Obligation
from grants import permissions
from grants.actions import payment_accounts, payments, requisitions, successions, tranches
from grants.models import Payment, PaymentAccount, Requisition, Tranche
from overview.selectors import todo
from records.models import Event
from reporting import permissions as reporting_permissions
from tests.factories.played import fingerprint

pytestmark = pytest.mark.django_db


def declare(person, actor, by=None):
    return conflicts.declare(person, by=by or person, actor=actor, reason="Nära anhörig i ledningen.")


def refuses(act, *args, **given):
    before = fingerprint()
    with pytest.raises(Refused, match="Jäv är anmält"):
        act(*args, **given)
    assert fingerprint() == before


def test_an_official_neither_prepares_nor_approves_nor_returns_nor_closes(cast):
    row = tranches.reopen(cast.tranche("04", 2019), by=cast.decider(), reason="Fel.")
    claim = Requisition.objects.get(tranche__place__code="03", status="submitted")
    official = cast.official()
    for actor in (row.holder, claim.tranche.holder):
        declare(official, actor)
    refuses(tranches.prepare, row, by=cast.official(), amount=1000)
    refuses(requisitions.approve, claim, by=cast.official())
    refuses(requisitions.return_, claim, by=cast.official(), reason="Fel.")
    refuses(tranches.close, claim.tranche, by=cast.official(), reason="Fel.")


def test_a_decision_maker_does_not_decide(cast):
    tranches.reopen(cast.tranche("04", 2019), by=cast.decider(), reason="Fel.")
    row = tranches.prepare(cast.tranche("04", 2019), by=cast.official(), amount=1000)
    declare(cast.decider(), row.holder)
    refuses(tranches.grant, row, by=cast.decider())
    refuses(tranches.send_back, row, by=cast.decider(), reason="Fel.")


def test_a_payer_neither_releases_nor_exports_nor_verifies(cast):
    payment = Payment.objects.get(requisition__tranche__place__code="07", status="prepared")
    account = PaymentAccount.objects.get(status="unverified")
    payer = cast.other_payer()
    declare(payer, payment.tranche.holder)
    refuses(payments.release, payment, by=cast.other_payer())
    declare(payer, account.actor)
    refuses(
        payment_accounts.verify,
        account,
        by=cast.other_payer(),
        disburser=cast.programme.disburser,
        evidence="Bankgirots register",
    )
    released = payments.release(payment, by=cast.payer())
    refuses(payments.export, cast.programme, by=cast.other_payer(), payments=[released])


def test_the_secretariat_neither_reviews_nor_approves(cast):
    report = cast.report("21", 2018)
    assert reporting_permissions.can_review(cast.case_officer(), report)
    assert reporting_permissions.can_decide_reports(cast.head(), report)
    for person in (cast.case_officer(), cast.head()):
        declare(person, report.holder)
    assert "Jäv är anmält" in reporting_permissions.can_review(cast.case_officer(), report).reason
    assert "Jäv är anmält" in reporting_permissions.can_approve_report(cast.head(), report).reason


def test_a_mass_act_leaves_the_actor_out_and_says_why(cast, client):
    row = tranches.reopen(cast.tranche("04", 2019), by=cast.decider(), reason="Fel.")
    declare(cast.official(), row.holder)
    client.force_login(cast.official())
    url = reverse("grants:tranche_prepare_many", args=[cast.programme.code, 2019])
    page = client.get(url)
    assert not [one for one in page.context["rows"] if one.key == row.pk]
    assert any("Jäv är anmält" in one.reason for one in page.context["excluded"])
    assert client.post(url, {"rows": [row.pk]}).status_code == 422
    assert Tranche.objects.get(pk=row.pk).status == "open"


def test_it_stands_until_another_has_lifted_it(cast, client):
    official, holder = cast.official(), cast.tranche("04", 2019).holder
    row = declare(official, holder)
    with pytest.raises(Refused, match="ditt eget jäv"):
        conflicts.lift(row, by=cast.official(), lift_reason="Det är bra nu.")
    with pytest.raises(Refused, match="hos samma part"):
        conflicts.lift(row, by=cast.head(), lift_reason="Annan part.")
    client.force_login(cast.decider())
    url = reverse("access:conflict_lift", args=[row.pk])
    assert client.post(url, {"lift_reason": ""}).status_code == 422
    assert client.post(url, {"lift_reason": "Uppdraget är avslutat."}).status_code == 302
    assert permissions.can_close(cast.official(), cast.tranche("04", 2019))
    assert Event.objects.filter(verb__startswith="conflict.").count() == 2
    assert Notice.objects.filter(recipient=official, text__contains="hävt").exists()


def duty_of(row):
    return Obligation.objects.select_related("debtor").get(kind="examine_conflict", key=f"conflict:{row.pk}")


def test_it_is_to_be_examined_by_those_who_may_and_nobody_else(cast, client):
    second = second_decider(cast)
    row = declare(cast.decider(), cast.tranche("04", 2019).holder)
    duty = duty_of(row)
    assert (duty.debtor, duty.role) == (cast.programme.ministry, "decision_maker")
    assert duty.act_by == datetime.date(2019, 3, 27), "five working days"
    page = reverse("overview:todo")
    for person, mine in ((second, True), (cast.decider(), False), (cast.official(), False)):
        listed = [task.label for task in todo.todo(User.objects.get(pk=person.pk)).mine]
        assert (duty.label in listed) == mine, person
    with standing_at(duty.act_by):
        ladders.climb()
    told = Notice.objects.filter(obligation=duty).values_list("recipient", flat=True)
    assert list(told) == [second.pk], "the one whom it concerns does not hear of it"
    client.force_login(second)
    assert duty.label in client.get(page).content.decode()
    assert "Häv jävet" in client.get(duty.url).content.decode()
    conflicts.lift(row, by=second, lift_reason="Ingen anknytning.")
    assert duty_of(row).outcome == "done"


def second_decider(cast):
    memberships.invite(
        cast.programme.ministry, email="besluts2@rk.example", name="Bo Ek", role=Role.DECISION_MAKER
    )
    return User.objects.get(email="besluts2@rk.example")


def test_examined_and_left_to_stand_ends_the_duty_and_not_the_conflict(cast, client):
    row = declare(cast.official(), cast.tranche("04", 2019).holder)
    with pytest.raises(Refused, match="ditt eget jäv"):
        conflicts.uphold(row, by=cast.official(), uphold_reason="Syskon.")
    client.force_login(cast.decider())
    url = reverse("access:conflict_uphold", args=[row.pk])
    assert client.post(url, {"uphold_reason": ""}).status_code == 422
    assert client.post(url, {"uphold_reason": "Syskonet sitter i ledningen."}).status_code == 302
    assert duty_of(row).outcome == "done"
    assert not permissions.can_close(cast.official(), cast.tranche("04", 2019))
    assert client.get(url).status_code == 403, "examined once"
    with pytest.raises(Refused, match="står kvar"):
        conflicts.uphold(row, by=cast.decider(), uphold_reason="Igen.")
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Syskonet sitter i ledningen." in page
    conflicts.lift(row, by=cast.decider(), lift_reason="Syskonet har slutat.")
    assert permissions.can_close(cast.official(), cast.tranche("04", 2019))


def test_it_follows_the_place_to_the_successor_and_is_examined_there_by_itself(cast):
    succession = Succession.objects.filter(status="registered").first()
    row = declare(cast.official(), succession.predecessor)
    carried = ConflictOfInterest.objects.get(actor=succession.successor, person=cast.official())
    assert (carried.follows, duty_of(carried).closed_on) == (row, None)
    assert not is_impartial(cast.official(), succession.successor)
    conflicts.lift(row, by=cast.decider(), lift_reason="Bodelat.")
    assert not is_impartial(cast.official(), succession.successor), "that one has not been examined"
    again = declare(cast.official(), succession.predecessor)
    assert ConflictOfInterest.objects.open().filter(actor=succession.successor).count() == 1
    assert not ConflictOfInterest.objects.filter(follows=again).exists()


def test_registering_a_succession_carries_it_over(cast):
    place = cast.assignment("04")
    heir = Actor.objects.create(
        code="arvtagaren", kind="region", legal_name="Region Arvet", display_name="Region Arvet"
    )
    succession = Succession.objects.create(
        predecessor=place.holder, successor=heir, effective_on="2019-03-01", predecessor_dissolved=True
    )
    cast_away = declare(cast.other_payer(), place.holder)
    conflicts.lift(cast_away, by=cast.decider(), lift_reason="Hävt.")
    declare(cast.official(), place.holder)
    successions.register_many(
        cast.programme, by=cast.decider(), successions=[succession], decided_on="2019-03-20"
    )
    carried = ConflictOfInterest.objects.get(actor=heir)
    assert carried.person == cast.official()
    assert "Följer av jävet för" in carried.reason
    assert not permissions.can_prepare(cast.official(), cast.assignment("04").tranches.get(year__year=2020))


def test_it_is_declared_in_the_browser_once(cast, client):
    official, holder = cast.official(), cast.tranche("04", 2019).holder
    client.force_login(official)
    url, posted = reverse("access:conflict_declare"), {"person": official.pk, "actor": holder.pk}
    assert client.post(url, posted).status_code == 422, "a reason is asked for"
    assert client.post(url, {**posted, "reason": "Syskon."}).status_code == 302
    assert "Syskon." in client.get(reverse("access:conflict_list")).content.decode()
    again = client.post(url, {**posted, "reason": "Syskon."})
    assert "redan anmält" in again.content.decode()
    assert client.post(url, {**posted, "person": cast.decider().pk, "reason": "x"}).status_code == 422


def test_the_actor_does_not_read_it(cast, client):
    holder = cast.tranche("04", 2019).holder
    declare(cast.official(), holder)
    client.force_login(cast.writer(holder))
    assert "Nära anhörig" not in client.get(reverse("access:conflict_list")).content.decode()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="what spans rows is PostgreSQL's to say")
def test_the_database_refuses_a_biased_person(cast):
    claim = Requisition.objects.get(tranche__place__code="03", status="submitted")
    declare(cast.official(), claim.tranche.holder)
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Requisition.objects.filter(pk=claim.pk).update(approved_by=cast.official(), approved_on="2019-03-20")
    for role, person in (("granted_by", cast.decider()), ("used_by", cast.payer())):
        declare(person, claim.tranche.holder)
        with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
            Tranche.objects.filter(pk=cast.tranche("03", 2020).pk).update(**{role: person})


def test_the_database_refuses_that_somebody_lifts_their_own(cast):
    row = declare(cast.official(), cast.tranche("04", 2019).holder)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConflictOfInterest.objects.filter(pk=row.pk).update(
            lifted_by=row.person, lifted_on=row.declared_on, lift_reason="x"
        )
