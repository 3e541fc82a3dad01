"""Jäv: whoever has declared it for an actor takes no part in that actor's matters until another has lifted it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from actors.actions import conflicts
from actors.models import ConflictOfInterest, Event, Notice
from digikoord.lib.verdict import Refused
from grants import permissions
from grants.actions import payment_accounts, payments, requisitions, tranches
from grants.models import Payment, PaymentAccount, Requisition, Tranche
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
    url = reverse("actors:conflict_lift", args=[row.pk])
    assert client.post(url, {"lift_reason": ""}).status_code == 422
    assert client.post(url, {"lift_reason": "Uppdraget är avslutat."}).status_code == 302
    assert permissions.can_close(cast.official(), cast.tranche("04", 2019))
    assert Event.objects.filter(verb__startswith="conflict.").count() == 2
    assert Notice.objects.filter(recipient=official, text__contains="hävt").exists()


def test_it_is_declared_in_the_browser_once(cast, client):
    official, holder = cast.official(), cast.tranche("04", 2019).holder
    client.force_login(official)
    url, posted = reverse("actors:conflict_declare"), {"person": official.pk, "actor": holder.pk}
    assert client.post(url, posted).status_code == 422, "a reason is asked for"
    assert client.post(url, {**posted, "reason": "Syskon."}).status_code == 302
    assert "Syskon." in client.get(reverse("actors:conflict_list")).content.decode()
    again = client.post(url, {**posted, "reason": "Syskon."})
    assert "redan anmält" in again.content.decode()
    assert client.post(url, {**posted, "person": cast.decider().pk, "reason": "x"}).status_code == 422


def test_the_actor_does_not_read_it(cast, client):
    holder = cast.tranche("04", 2019).holder
    declare(cast.official(), holder)
    client.force_login(cast.writer(holder))
    assert "Nära anhörig" not in client.get(reverse("actors:conflict_list")).content.decode()


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
