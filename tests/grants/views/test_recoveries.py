"""Återkrav in the browser, in its order; and the account that a claim is paid to."""

import pytest
from django.test import Client
from django.urls import reverse

from grants.actions import payment_accounts
from grants.models import Recovery, RepaymentClaim
from tests.factories import claim_doors
from tests.factories.played import fingerprint

TOLD = {"breach": "Medlen har gått till annat.", "legal_basis": "villkoren", "answer_due": "2019-04-03"}


def post(person, where, pk, **fields):
    client = Client()
    client.force_login(person)
    address = reverse(f"grants:{where}", args=[pk])
    assert client.get(address).status_code == 200
    return client.post(address, fields)


def test_opened_heard_decided_and_claimed(cast):
    tranche = cast.tranche("14", 2018)
    assert post(cast.official(), "recovery_open", tranche.pk, amount="40 000", **TOLD).status_code == 302
    row = Recovery.objects.get()
    assert post(cast.writer(tranche.holder), "recovery_answer", row.pk, text="Nej.").status_code == 302
    fields = {"amount": "12 500,50", "reasons": "Delvis styrkt.", "due": "2019-06-28"}
    assert post(cast.decider(), "recovery_decide", row.pk, **fields).status_code == 302
    claim = RepaymentClaim.objects.get(kind="recovery")
    entered = post(cast.payer(), "repayment_claim_receive", claim.pk, amount="12 500,50", on="2019-03-20")
    assert entered.status_code == 302
    assert cast.tranche("14", 2018).status == "settled"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", "0"),
        ("amount", "500 000,01"),
        ("amount", "x"),
        ("breach", ""),
        ("answer_due", "2019-03-20"),
    ],
)
def test_a_bad_opening_changes_nothing_and_keeps_what_was_typed(cast, field, typed):
    before = fingerprint()
    fields = {"amount": "40 000", **TOLD, field: typed}
    page = post(cast.official(), "recovery_open", cast.tranche("14", 2018).pk, **fields)
    assert page.status_code == 422
    assert page.context["form"].errors
    assert "villkoren" in page.content.decode()
    assert fingerprint() == before


def test_silence_is_noted_after_the_day_and_then_decided_to_nothing(cast):
    key = claim_doors.unanswered(cast).kwargs["pk"]
    assert post(cast.official(), "recovery_note_silence", key).status_code == 302
    page = post(cast.decider(), "recovery_decide", key, amount="0", reasons="Inte styrkt.")
    assert page.status_code == 302
    assert not RepaymentClaim.objects.filter(kind="recovery").exists()


def test_the_authoritys_own_account_is_entered_by_one_and_checked_by_another(cast):
    claim = cast.tranche("08", 2018).claims.get()
    ministry = cast.programme.disburser
    made = payment_accounts.enter(ministry, by=cast.payer(), giro="bankgiro", number="5052-5781")
    assert claim.pay_to is None, "a changed account is nobody's until it is checked"
    page = post(
        cast.other_payer(),
        "payment_account_verify",
        made.pk,
        evidence_kind="register",
        evidence="Bankgirots register",
    )
    assert page.status_code == 302
    assert str(claim.pay_to) == "Bankgiro 5052-5781"
