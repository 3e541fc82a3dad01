"""What an auditor looks for: each kind is found, told in a sentence, filtered, exported, and opens its matter."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from access.actions import conflicts
from digikoord.lib import clock
from digikoord.rehearsal import bank
from digikoord.rehearsal.people import person
from grants.actions import (
    bank_deposits,
    bank_details,
    bank_lines,
    claims,
    payment_accounts,
    payments,
    settlements,
)
from grants.models import Payment, PaymentAccount
from overview.selectors.exceptions import KINDS

PAGE = "/program/rdk-2018/avvikelser/"
TITLE = re.compile(r'<th scope="row">(?:<a href="([^"]+)">)?')


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def auditor(cast):
    return browser(person("revisor", cast.programme.ministry.code))


def waived(cast):
    claim = cast.tranche("08", 2018).claims.get()
    settlements.waive(claim, by=cast.decider(), amount=1, legal_basis="förordning (1993:1138) 7 §")
    return claim


def adjusted(cast):
    claim = cast.tranche("08", 2018).claims.get()
    claims.adjust(claim, by=cast.payer(), amount=claim.amount - 1, reason="Nytt underlag")
    return claim


def declared(cast):
    official, actor = cast.official(), cast.tranche("08", 2018).holder
    row = conflicts.declare(official, by=official, actor=actor, reason="Gift med förvaltningschefen")
    conflicts.lift(row, by=cast.decider(), lift_reason="Prövat: skild sedan 2016")
    return row


def changed_account(cast):
    holder = cast.tranche("08", 2018).holder
    return payment_accounts.enter(holder, by=cast.signatory(holder), giro="bankgiro", number="5050-1055")


def changed_details(cast):
    return bank_details.enter(
        cast.programme, by=cast.payer(), debit_giro="bankgiro", debit_number="5050-1055"
    )


def left_deposit(cast):
    claim = cast.tranche("08", 2018).claims.get()
    sums = [(claim.reference, 1, "Någon"), ("1234566", 10, "Någon annan")]
    content = bank.deposits(cast.programme, sums, on=clock.today())
    return bank_deposits.take_in(cast.programme, by=cast.payer(), name="in.xml", content=content)


def handled_deposit(cast):
    left = left_deposit(cast).lines.get(outcome="proposed")
    bank_lines.say(left, by=cast.payer(), how="sent_back", note="Åter till Anna", evidence="Kvitto 7")
    return left.file


HAPPEN = {
    "eftergift": (waived, "förordning (1993:1138) 7 §"),
    "justerat-krav": (adjusted, "Nytt underlag"),
    "jav": (declared, "skild sedan 2016"),
    "andrat-konto": (changed_account, "5050-1055"),
    "bankuppgifter": (changed_details, "bankuppgifter"),
    "lamnad": (left_deposit, "1 väntar på utredning"),
    "utredd": (handled_deposit, "rad 2 i bankens fil, 10\u00a0kr: återsänd"),
}


@pytest.mark.parametrize("kind", HAPPEN)
def test_what_happens_is_on_the_list_and_in_its_files_and_opens_its_matter(kind, cast, auditor):
    happen, words = HAPPEN[kind]
    address = f"{PAGE}?slag={kind}"
    before = auditor.get(address).content.decode().count('<th scope="row">')
    matter = happen(cast)
    page = auditor.get(address).content.decode()
    assert page.count('<th scope="row">') > before
    assert words in page
    assert matter.subject().url in page
    everything = auditor.get(f"{PAGE}?format=csv").content.decode("utf-8-sig")
    assert words in everything
    assert KINDS[kind].label in everything
    assert auditor.get(f"{address}&format=xlsx").content.startswith(b"PK")


def test_every_kind_is_asked_without_fault_and_says_no_more_than_its_own(auditor):
    for kind, row in KINDS.items():
        table = auditor.get(f"{PAGE}?slag={kind}&format=csv").content.decode("utf-8-sig").splitlines()[2:]
        assert all(f";{row.label};" in line for line in table), kind


def test_paid_by_hand_is_told_from_paid_by_the_banks_file(cast, auditor):
    by_hand = Payment.objects.filter(confirmed_by__isnull=False).count()
    by_file = Payment.objects.filter(settled_in__isnull=False).count()
    assert by_hand + by_file > 0
    table = auditor.get(f"{PAGE}?slag=for-hand&format=csv").content.decode("utf-8-sig").splitlines()[2:]
    assert len(table) == by_hand


def test_a_year_shows_its_own(cast, auditor):
    waived(cast)
    shown = auditor.get(f"{PAGE}?slag=eftergift&ar=2018").content.decode()
    assert "förordning (1993:1138)" in shown
    assert "förordning (1993:1138)" not in auditor.get(f"{PAGE}?slag=eftergift&ar=2020").content.decode()
    assert auditor.get(f"{PAGE}?slag=finns-inte&ar=x").status_code == 200


def test_a_conflict_of_interest_is_read_by_the_persons_own_party(cast, auditor):
    declared(cast)
    other = browser(person("revisor", cast.programme.secretariat.code))
    assert "Gift med" in auditor.get(PAGE).content.decode()
    assert "Gift med" not in other.get(PAGE).content.decode()
    assert "Gift med" not in other.get(f"{PAGE}?format=csv").content.decode("utf-8-sig")


def test_those_who_receive_money_do_not_examine(cast):
    holder = cast.tranche("08", 2018).holder
    answer = browser(cast.signatory(holder)).get(PAGE)
    assert answer.status_code == 403
    assert "revisorer" in answer.content.decode()
    board = browser(cast.signatory(holder)).get(reverse("overview:board", args=[cast.programme.code]))
    assert "Avvikelser" not in board.content.decode()


def test_a_new_account_holds_what_was_released_and_the_list_says_both(cast, auditor):
    ready = Payment.objects.filter(status="prepared", requisition__tranche__year__year=2019).first()
    holder = ready.requisition.tranche.holder
    account = PaymentAccount.objects.live().get(actor=holder)
    assert account.status == "verified"
    payments.release(ready, by=cast.other_payer())
    assert ready.end_to_end not in auditor.get(f"{PAGE}?slag=innehallen").content.decode()
    payment_accounts.enter(holder, by=cast.signatory(holder), giro="bankgiro", number="5050-1055")
    assert ready.end_to_end in auditor.get(f"{PAGE}?slag=innehallen").content.decode()
