"""An answer by one or by two jointly: same answer, same text, and nothing half-done."""

import pytest

from access.actions import memberships, signing
from digikoord.lib.verdict import Refused
from digikoord.rehearsal.people import person
from duties.models import Notice
from grants import documents
from grants.actions import assignments, signatures
from grants.models import Assignment, GovernmentDecision, Signature
from records.models import Event
from tests import databases

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(cast):
    return cast.assignment("01")


@pytest.fixture
def jointly(cast, offer):
    """The offer's two signatories, who answer together."""
    administrator = person("administrator", offer.holder.code)
    memberships.grant(
        offer.holder,
        by=administrator,
        email="second@b.example",
        name="Bo Berg",
        role="signatory",
        title="chef",
    )
    signing.require_signatures(offer.holder, by=administrator, signatures_required=2)
    second = memberships.User.objects.get(email="second@b.example")
    return cast.signatory(offer.holder), second


def sha(offer):
    return documents.sha256(documents.offer_text(offer))


def fresh(offer):
    return Assignment.objects.select_related("place__programme", "holder", "decision").get(pk=offer.pk)


def accept(offer, by):
    return assignments.accept(fresh(offer), by=by, text_sha256=sha(fresh(offer)))


def decline(offer, by, reason=""):
    return assignments.decline(fresh(offer), by=by, text_sha256=sha(fresh(offer)), reason=reason)


def test_one_alone_keeps_name_title_and_text(cast, offer):
    signatory = cast.signatory(offer.holder)
    row = accept(offer, signatory)
    signed = row.signatures.get()
    assert row.status == "in_force"
    assert (signed.name, signed.title) == (signatory.name, signatory.title)
    assert signed.sha256 == documents.sha256(signed.text) == row.answered_sha256


def test_the_first_of_two_waits_for_the_second(offer, jointly):
    first, second = jointly
    assert accept(offer, first).status == "offered"
    told = Notice.objects.latest("pk")
    assert told.recipient == second
    assert first.name in told.text
    with pytest.raises(Refused, match="redan skrivit under"):
        accept(offer, first)
    assert accept(offer, second).status == "in_force"
    assert fresh(offer).signatures.standing().count() == 2
    assert Event.objects.filter(verb="assignment.accepted", key=offer.subject().key).count() == 1


def test_the_two_answer_the_same(offer, jointly):
    first, second = jointly
    accept(offer, first)
    with pytest.raises(Refused, match="svara samma sak"):
        decline(offer, second)
    signatures.withdraw(offer.signatures.get(), by=first)
    decline(offer, second)
    assert decline(offer, first, "Resurser saknas.").status == "declined"
    assert not offer.tranches.exclude(status="cancelled").exists()


def test_only_the_one_who_signed_withdraws_and_only_while_it_waits(offer, jointly):
    first, second = jointly
    accept(offer, first)
    signed = offer.signatures.get()
    with pytest.raises(Refused, match="Bara den som"):
        signatures.withdraw(signed, by=second)
    accept(offer, second)
    with pytest.raises(Refused, match="kan inte återtas"):
        signatures.withdraw(signed, by=first)


def test_a_text_changed_between_the_two_is_signed_again(offer, jointly):
    first, second = jointly
    accept(offer, first)
    with databases.without_guards():
        GovernmentDecision.objects.filter(pk=offer.decision_id).update(text="En annan lydelse.")
    with pytest.raises(Refused, match="Texten har ändrats sedan"):
        accept(offer, second)
    assert accept(offer, first).status == "offered"
    assert accept(offer, second).status == "in_force"
    assert Signature.objects.filter(assignment=offer, stands=False).count() == 1


def test_a_text_changed_since_it_was_read(cast, offer):
    read = sha(offer)
    with databases.without_guards():
        GovernmentDecision.objects.filter(pk=offer.decision_id).update(text="En annan lydelse.")
    with pytest.raises(Refused, match="har ändrats sedan du läste"):
        assignments.accept(fresh(offer), by=cast.signatory(offer.holder), text_sha256=read)
    assert not offer.signatures.exists()


def test_answered_twice_or_by_somebody_no_longer_signatory(cast, offer):
    signatory = cast.signatory(offer.holder)
    accept(offer, signatory)
    with pytest.raises(Refused, match="går inte nu"):
        decline(offer, signatory)
    ended = memberships.Membership.objects.get(user=signatory)
    ended.valid_to = ended.valid_from
    ended.save()
    with pytest.raises(Refused, match="Bara behörig företrädare"):
        decline(offer, cast.signatory(offer.holder))


def test_the_rule_lowered_lets_the_first_complete_it(offer, jointly):
    first, _ = jointly
    accept(offer, first)
    administrator = person("administrator", offer.holder.code)
    signing.require_signatures(offer.holder, by=administrator, signatures_required=1)
    assert accept(offer, first).status == "in_force"
    assert offer.signatures.count() == 1


def test_only_the_administrator_sets_the_rule(cast, offer):
    with pytest.raises(Refused, match="administratören"):
        signing.require_signatures(offer.holder, by=cast.signatory(offer.holder), signatures_required=2)
