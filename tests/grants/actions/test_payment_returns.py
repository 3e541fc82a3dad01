"""Paid has a way back: a return is a state of its own, counts as unpaid at once, and is made again or cancelled."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import bank
from duties.models import Obligation
from grants.actions import (
    bank_answers,
    payment_accounts,
    payment_returns,
    payments,
    requisitions,
    settlements,
    tranches,
)
from grants.lifecycle.payment import Status
from grants.models import AccountLine, AccountStop, BankFile, PaymentReturn, RepaymentClaim, Tranche
from overview.selectors import history, proof
from overview.selectors.ledger import ledger
from records.models import Event
from tests.factories import at

pytestmark = pytest.mark.django_db
BACK = at.PAYING + datetime.timedelta(days=5)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def open_(kind):
    return Obligation.objects.open().filter(kind=kind)


def balanced(walk):
    found = proof.prove(walk.programme).differences
    assert found == [], "\n".join(map(str, found))


def paid(walk):
    return sum(row.balance.paid for year in ledger(walk.programme) for row in year.rows)


def bring_back(walk, row, who=3, **told):
    told = {"on": BACK, "reason": "Återsänd av mottagarens bank."} | told
    return payment_returns.bring_back(row, by=walk.payer(who), **told)


@pytest.fixture
def returned():
    walk, row = at.payment_at(Status.PAID)
    with standing_at(BACK):
        yield walk, bring_back(walk, row)


def test_a_return_counts_as_unpaid_and_the_books_know_it(returned):
    walk, row = returned
    assert (fresh(row).status, paid(walk)) == (Status.RETURNED, 0)
    balanced(walk)
    kept = PaymentReturn.objects.get()
    assert (kept.end_to_end, kept.value_date, kept.confirmed_by, kept.amount) == (
        row.end_to_end,
        at.PAYING,
        walk.payer(3),
        row.amount,
    )
    event = Event.objects.get(verb="payment.returned")
    assert (event.effective_on, event.facts["reason"]) == (BACK, "Återsänd av mottagarens bank.")
    assert open_("handle_return").get().is_for(walk.official())


def test_on_the_day_before_it_was_still_paid(returned):
    walk, row = returned
    where = (row.tranche.place.code, row.year.year)
    for day, amount in ((BACK - datetime.timedelta(days=1), row.amount), (BACK, Decimal(0))):
        assert history.on_day(walk.programme, day).years[where].paid == amount


def test_it_is_corrected_into_a_new_attempt_and_paid_once(returned):
    walk, row = returned
    old = row.end_to_end
    payments.correct(fresh(row), by=walk.official(), reason="Mottagarens bank hade fel.")
    again = fresh(row)
    assert (again.status, again.value_date, again.confirmed_by, again.evidence) == (
        Status.PREPARED,
        None,
        None,
        "",
    )
    assert again.end_to_end != old
    assert not open_("handle_return").exists()
    payments.release(again, by=walk.payer(2))
    at.handed_out(walk, payments.export(walk.programme, by=walk.payer(2), payments=[fresh(row)]))
    payments.confirm(fresh(row), by=walk.payer(3), value_date=BACK, evidence="Kontoutdrag 2")
    assert paid(walk) == row.amount
    balanced(walk)


def test_it_is_cancelled_and_the_money_is_there_to_requisition_again(returned):
    walk, row = returned
    payments.cancel(fresh(row), by=walk.official(), reason="Aktören avstår.")
    requisitions.cancel(row.requisition, by=walk.official(), reason="Aktören avstår.")
    assert requisitions.room(Tranche.objects.get(pk=row.tranche.pk)) == row.amount
    assert open_("requisition").filter(key=row.tranche.subject().key).exists()
    balanced(walk)


def test_in_a_year_that_is_closed_a_cancelled_return_settles_it():
    walk, row = at.payment_at(Status.PAID)
    tranche = row.tranche
    with standing_at(BACK):
        tranches.close(tranche, by=walk.official(), reason="Året är slut.")
        bring_back(walk, row)
        payments.cancel(fresh(row), by=walk.official(), reason="Aktören avstår.")
        requisitions.cancel(row.requisition, by=walk.official(), reason="Aktören avstår.")
        assert fresh(tranche).status == "settled"
        assert not open_("requisition").filter(key=tranche.subject().key).exists()
        balanced(walk)


@pytest.mark.parametrize("who", [2, "official", "head"])
def test_only_a_payer_who_did_not_release_it_brings_it_back(who):
    walk, row = at.payment_at(Status.PAID)
    by = walk.payer(2) if who == 2 else getattr(walk, who)()
    with standing_at(BACK), pytest.raises(Refused, match="ekonom" if who != 2 else "själv utanordnat"):
        payment_returns.bring_back(row, by=by, on=BACK, reason="Åter.")
    assert fresh(row).status == Status.PAID


@pytest.mark.parametrize("days", [-1, 6])
def test_it_comes_back_after_it_was_paid_and_not_in_the_future(days):
    walk, row = at.payment_at(Status.PAID)
    day = at.PAYING + datetime.timedelta(days=days)
    with standing_at(BACK), pytest.raises(Refused, match="mellan valutadagen"):
        bring_back(walk, row, on=day)
    assert not PaymentReturn.objects.exists()


@pytest.mark.parametrize("status", [Status.PREPARED, Status.RELEASED, Status.EXPORTED])
def test_only_what_is_paid_comes_back(status):
    walk, row = at.payment_at(status)
    with standing_at(BACK), pytest.raises(Refused, match="går inte nu"):
        bring_back(walk, row)


def test_it_comes_back_once(returned):
    walk, row = returned
    with pytest.raises(Refused, match="går inte nu"):
        bring_back(walk, row)
    assert Event.objects.filter(verb="payment.returned").count() == 1


def test_the_banks_own_file_is_the_evidence(returned):
    walk, row = returned
    payments.correct(fresh(row), by=walk.official(), reason="Ett nytt försök.")
    payments.release(fresh(row), by=walk.payer(2))
    batch = at.handed_out(walk, payments.export(walk.programme, by=walk.payer(2), payments=[fresh(row)]))
    answer = bank.answer(batch, "ACSC", on=BACK)
    bank_answers.take_in(batch, by=walk.payer(3), name="svar.xml", content=answer)
    file = BankFile.objects.get()
    bring_back(walk, fresh(row), file=file)
    kept = PaymentReturn.objects.latest("pk")
    assert (kept.file, kept.settled_in, kept.evidence) == (file, file, f"Bankens fil {file.message_id}")
    balanced(walk)


# After the account of the year was accepted


def accepted(walk, row, unused):
    line = AccountLine(
        code="salaries", name="Löner", reported=row.amount - unused, accepted=row.amount - unused
    )
    return settlements.accept_account(fresh(row.tranche), by=walk.payer(), lines=[line])


@pytest.mark.parametrize("unused", [0, 1500])
def test_the_acceptance_is_taken_back_and_made_anew(unused):
    walk, row = at.payment_at(Status.PAID)
    with standing_at(BACK):
        tranche = accepted(walk, row, unused)
        assert tranche.status == ("closed" if unused else "settled")
        bring_back(walk, row)
        tranche = fresh(tranche)
        assert (tranche.status, tranche.used, tranche.settled_on) == ("closed", None, None)
        assert not RepaymentClaim.objects.exclude(status="closed", amount=0).exists()
        assert not open_("repay").exists()
        balanced(walk)
        with pytest.raises(Refused, match="En utbetalning är inte färdig"):
            accepted(walk, row, unused)
        payments.correct(fresh(row), by=walk.official(), reason="Ett nytt försök.")
        payments.release(fresh(row), by=walk.payer(2))
        at.handed_out(walk, payments.export(walk.programme, by=walk.payer(2), payments=[fresh(row)]))
        payments.confirm(fresh(row), by=walk.payer(3), value_date=BACK, evidence="Kontoutdrag 2")
        again = accepted(walk, row, unused)
        assert (again.status, again.used) == ("closed" if unused else "settled", row.amount - unused)
        balanced(walk)


def test_what_was_repaid_of_it_is_corrected_first():
    walk, row = at.payment_at(Status.PAID)
    with standing_at(BACK):
        accepted(walk, row, 1500)
        claim = RepaymentClaim.objects.get()
        entry = settlements.receive(claim, by=walk.payer(), amount=1500, on=BACK)
        with pytest.raises(Refused, match="inbetalt eller eftergivet"):
            bring_back(walk, row)
        assert fresh(row).status == Status.PAID
        settlements.reverse(entry, by=walk.payer(), reason="Betalningen gällde något annat.")
        bring_back(walk, row)
        balanced(walk)


# Stopped accounts


@pytest.mark.parametrize(("code", "stops"), [("AC01", 1), ("AC04", 1), ("AM09", 0), ("", 0)])
def test_some_codes_stop_the_account(code, stops):
    walk, row = at.payment_at(Status.PAID)
    with standing_at(BACK):
        bring_back(walk, row, code=code)
        assert AccountStop.objects.count() == stops
        kinds = set(Obligation.objects.open().values_list("kind", flat=True))
        assert ({"replace_account", "verify_stopped_account"} <= kinds) == bool(stops)


def test_the_banks_refusal_stops_it_too_and_what_is_exported_keeps_its_account():
    walk, row = at.payment_at(Status.EXPORTED)
    with standing_at(at.PAYING):
        failed = {row.end_to_end: ("RJCT", "Kontot är avslutat")}
        content = bank.answer(row.batch, "ACCP", failed=failed)
        bank_answers.take_in(row.batch, by=walk.payer(3), name="svar.xml", content=content)
    stop = AccountStop.objects.get()
    assert (stop.code, stop.account, stop.payment, stop.stopped_on) == ("AC04", row.account, row, at.PAYING)
    assert fresh(row).account == row.account


@pytest.fixture
def stopped():
    walk, row = at.payment_at(Status.PAID)
    with standing_at(BACK):
        bring_back(walk, row, code="AC04")
        yield walk, fresh(row), AccountStop.objects.get().account


def seen(walk, evidence="Bankens besked den 6 november"):
    return {"disburser": walk.programme.disburser, "evidence": evidence}


def test_nothing_is_corrected_or_released_to_it_until_verified_anew_by_another(stopped):
    walk, row, account = stopped
    before = (account.number, account.verified_by, account.verified_on, account.evidence)
    with pytest.raises(Refused, match="är spärrat sedan"):
        payments.correct(row, by=walk.official(), reason="Ett nytt försök.")
    with pytest.raises(Refused, match="förra gången"):
        payment_accounts.verify_anew(account, by=walk.payer(2), **seen(walk))
    with pytest.raises(Refused, match="samma som förra gången"):
        payment_accounts.verify_anew(account, by=walk.payer(3), **seen(walk, "Bankgirots register"))
    with pytest.raises(Refused, match="ekonom"):
        payment_accounts.verify_anew(account, by=walk.official(), **seen(walk))
    payment_accounts.verify_anew(account, by=walk.payer(3), **seen(walk))
    account.refresh_from_db()
    assert before == (account.number, account.verified_by, account.verified_on, account.evidence)
    assert account.stop is None
    for kind in ("replace_account", "verify_stopped_account"):
        assert not open_(kind).exists()
    payments.correct(row, by=walk.official(), reason="Ett nytt försök.")
    assert payments.release(fresh(row), by=walk.payer(2)).account == account
    balanced(walk)


def test_a_released_payment_is_not_exported_to_a_stopped_account(stopped):
    walk, row, account = stopped
    payment_accounts.verify_anew(account, by=walk.payer(3), **seen(walk))
    payments.correct(row, by=walk.official(), reason="Ett nytt försök.")
    released = payments.release(fresh(row), by=walk.payer(2))
    AccountStop.objects.create(
        account=account, payment=row, code="AC04", cause="Igen.", stopped_on=BACK, stopped_by=walk.payer(3)
    )
    with pytest.raises(Refused, match="är spärrat sedan"):
        payments.export(walk.programme, by=walk.payer(2), payments=[released])
    assert fresh(row).status == Status.RELEASED


def test_or_it_is_replaced(stopped):
    walk, row, account = stopped
    holder = row.tranche.holder
    new = payment_accounts.enter(holder, by=walk.signatory(holder), giro="bankgiro", number="5050-1055")
    for kind in ("replace_account", "verify_stopped_account"):
        assert not open_(kind).exists()
    payment_accounts.verify(new, by=walk.payer(3), **seen(walk))
    payments.correct(row, by=walk.official(), reason="Nytt konto.")
    assert payments.release(fresh(row), by=walk.payer(2)).account == new
    assert fresh(account).stop is not None, "a replaced account stays stopped"


def test_a_sound_account_is_not_verified_anew():
    walk, row = at.payment_at(Status.RELEASED)
    with standing_at(at.PAYING), pytest.raises(Refused, match="behöver inte"):
        payment_accounts.verify_anew(row.account, by=walk.payer(3), **seen(walk))


def test_the_pages_say_it(stopped, client):
    walk, row, account = stopped
    client.force_login(walk.official())
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Pengarna har kommit tillbaka" in page
    assert "banken har skickat tillbaka pengar från kontot" in page
    client.force_login(walk.payer(3))
    page = client.get(account.get_absolute_url()).content.decode()
    assert "Spärrat sedan" in page
    assert "Kontrollera på nytt" in page
    url = reverse("grants:payment_account_verify_anew", args=[account.pk])
    assert (
        client.post(url, {"evidence_kind": "register", "evidence": "Sökt i registret i dag"}).status_code
        == 302
    )
    assert fresh(account).stop is None


def test_a_return_is_registered_on_its_page(client):
    walk, row = at.payment_at(Status.PAID)
    with standing_at(BACK):
        client.force_login(walk.payer(3))
        url = reverse("grants:payment_return", args=[row.pk])
        told = {"on": "2018-11-09", "reason": "Åter.", "code": "AC01", "evidence": "Kontoutdrag 9"}
        assert client.post(url, told).status_code == 422, "the day has not come"
        assert client.post(url, told | {"on": BACK.isoformat(), "evidence": ""}).status_code == 422
        assert client.post(url, told | {"on": BACK.isoformat()}).status_code == 302
        assert PaymentReturn.objects.get().evidence == "Kontoutdrag 9"
        client.force_login(walk.payer(2))
        assert client.get(url).status_code == 403
