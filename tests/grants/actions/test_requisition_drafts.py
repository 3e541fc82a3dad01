"""A draft has not been received: it is in nobody's way, and its writer reads what became of it."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Notice, Obligation
from grants.actions import (
    effects,
    effects_on_endings,
    endings,
    paper_requisitions,
    requisitions,
    settlements,
    tranches,
)
from grants.models import AccountLine, Requisition, Tranche
from records.models import Event
from tests.factories import at
from tests.factories.report_doors import PDF

pytestmark = pytest.mark.django_db
ORE = Decimal("0.01")
CITED = {"kind": "appropriation", "proposition": "2019/20:1", "expenditure_area": "utg.omr. 22"}
CITED |= {"committee_report": "2019/20:TU1", "riksdag_letter": "2019/20:113"}


@pytest.fixture
def drafted():
    """(walk, a draft of one öre) as the recipient's writer has begun it."""
    walk, row = at.requisition_at("draft")
    with standing_at(at.PAYING):
        Requisition.objects.filter(pk=row.pk).update(amount=ORE)
        yield walk, Requisition.objects.get(pk=row.pk)


def fell(row, why):
    """It fell away, is told of in the trail and to its writer, and nobody owes it any more."""
    row = Requisition.objects.get(pk=row.pk)
    event = Event.objects.get(verb="requisition.fell_away", key=f"requisition:{row.pk}")
    notice = Notice.objects.get(recipient=row.written_by, text__contains="fallit bort")
    open_ = Obligation.objects.open().filter(key=f"requisition:{row.pk}")
    assert (row.status, row.amount, row.submitted_on) == ("withdrawn", ORE, None)
    assert why in event.facts["reason"]
    assert why in notice.text
    assert event.by_name == "digikoord"
    assert not open_.exists()
    return True


def test_it_stops_no_decision_maker_from_opening_the_amount_again(drafted):
    walk, row = drafted
    tranches.reopen(row.tranche, by=walk.decider(), reason="Fel belopp.")
    assert Tranche.objects.get(pk=row.tranche_id).status == "open"
    assert fell(row, "öppnats igen")


def test_it_stops_no_official_from_closing_the_year(drafted):
    walk, row = drafted
    tranches.close(row.tranche, by=walk.official(), reason="Rekvirerades aldrig.")
    assert Tranche.objects.get(pk=row.tranche_id).status == "settled"
    assert fell(row, "stängt")


def test_it_stops_no_payer_from_accepting_the_account():
    walk, payment = at.payment_at("paid")
    holder = payment.tranche.holder
    with standing_at(at.PAYING):
        Requisition.objects.create(
            tranche=payment.tranche, amount=ORE, written_by=walk.writer(holder), written_for=holder
        )
        line = AccountLine(code="salaries", name="Löner", reported=1, accepted=1)
        settlements.accept_account(payment.tranche, by=walk.payer(), lines=[line])
    assert Tranche.objects.get(pk=payment.tranche.pk).status == "closed"


def test_it_keeps_nothing_granted_after_the_assignment_is_revoked(drafted):
    walk, row = drafted
    assignment = row.tranche.assignment
    planned = list(effects_on_endings.revoking(assignment))
    told = [str(one) for one in effects.shown(planned)]
    assert any("Årsbelopp 2018" in one and "Inställt" in one for one in told)
    assert not any("tkast" in one for one in told), "the official does not read of the draft"
    endings.revoke(assignment, by=walk.decider(), heard_on=at.PAYING, reason="Utförs inte.")
    assert set(assignment.tranches.values_list("status", flat=True)) == {"cancelled"}
    assert fell(row, "upphävt")


def test_it_stops_no_official_from_registering_what_came_on_paper(drafted):
    walk, row = drafted
    Requisition.objects.filter(pk=row.pk).update(amount=row.tranche.amount)
    paper_requisitions.register(
        row.tranche,
        by=walk.official(),
        amount=row.tranche.amount,
        received_on=at.PAYING,
        signed_by="Åsa Ek",
        paper=PDF,
    )
    assert Requisition.objects.get(pk=row.pk).status == "withdrawn", "nothing is left for it to ask for"


def test_nor_a_colleague_from_writing_another(drafted):
    walk, row = drafted
    holder = row.tranche.holder
    other = requisitions.write(row.tranche, by=walk.signatory(holder), amount=row.tranche.amount)
    requisitions.submit(other, by=walk.signatory(holder))
    assert fell(row, "en annan rekvisition")


def test_the_writer_reads_why_and_what_was_typed(drafted):
    walk, row = drafted
    tranches.reopen(row.tranche, by=walk.decider(), reason="Fel belopp.")
    client = Client()
    client.force_login(row.written_by)
    page = client.get(reverse("grants:requisition_detail", args=[row.pk])).content.decode()
    assert "Utkastet föll bort" in page
    assert "0,01" in page
    amount = reverse("grants:tranche_detail", args=[row.tranche_id])
    assert "utkast" in client.get(amount).content.decode()
    client.force_login(walk.official())
    assert client.get(reverse("grants:requisition_detail", args=[row.pk])).status_code == 404
    assert "skrev ett utkast" not in client.get(amount).content.decode()
    assert "föll" not in client.get(amount).content.decode()


# --- What has been received is another thing


def test_a_returned_requisition_has_been_received_and_is_ended_by_an_official(drafted):
    walk, row = drafted
    requisitions.submit(row, by=walk.signatory(row.tranche.holder))
    requisitions.return_(row, by=walk.official(), reason="Ange referens.")
    for act in (
        lambda: tranches.reopen(row.tranche, by=walk.decider(), reason="x"),
        lambda: tranches.close(row.tranche, by=walk.official(), reason="x"),
    ):
        with pytest.raises(Refused, match="akulera"):
            act()
    requisitions.cancel(row, by=walk.official(), reason="Rättades aldrig.")
    assert Requisition.objects.get(pk=row.pk).status == "cancelled"
    assert Obligation.objects.open().filter(kind="requisition", key=f"tranche:{row.tranche_id}").exists()
    assert not Obligation.objects.open().filter(kind="correct_requisition").exists()
    tranches.close(row.tranche, by=walk.official(), reason="Rekvirerades aldrig.")


def test_what_is_said_to_be_requisitioned_is(drafted):
    walk, row = drafted
    requisitions.submit(row, by=walk.signatory(row.tranche.holder))
    with pytest.raises(Refused, match="Medel har redan rekvirerats"):
        tranches.reopen(row.tranche, by=walk.decider(), reason="x")


# --- What was read is what is done


def test_an_act_is_refused_when_its_effects_have_become_others(drafted):
    walk, row = drafted
    address = reverse("grants:assignment_revoke", args=[row.tranche.assignment_id])
    client = Client()
    client.force_login(walk.decider())
    seen = client.get(address).context["seen"]
    posted = {"heard_on": at.PAYING.isoformat(), "reason": "Utförs inte.", "seen": seen}
    requisitions.submit(row, by=walk.signatory(row.tranche.holder))
    answer = client.post(address, posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Läget har ändrats" in page
    assert "lämnas orört" in page, "what holds now is shown"
    assert client.post(address, posted | {"seen": answer.context["seen"]}).status_code == 302


@pytest.mark.parametrize("seen", ["x", "0" * 64, "<script>", "å" * 5000])
def test_a_seal_that_nobody_gave_confirms_nothing(drafted, seen):
    walk, row = drafted
    client = Client()
    client.force_login(walk.decider())
    address = reverse("grants:tranche_reopen", args=[row.tranche_id])
    assert client.post(address, {"reason": "Fel.", "seen": seen}).status_code == 422
    assert Tranche.objects.get(pk=row.tranche_id).status == "granted"


def test_a_draft_written_meanwhile_does_not_make_the_page_old(drafted):
    """Or a recipient could keep an official from ever confirming."""
    walk, row = drafted
    client = Client()
    client.force_login(walk.decider())
    address = reverse("grants:tranche_reopen", args=[row.tranche_id])
    seen = client.get(address).context["seen"]
    requisitions.write(row.tranche, by=walk.writer(row.tranche.holder), amount=ORE)
    assert client.post(address, {"reason": "Fel.", "seen": seen}).status_code == 302
    assert set(Requisition.objects.values_list("status", flat=True)) == {"withdrawn"}
