"""Money that comes in: matched by OCR, once, to the öre; and what fits no claim."""

import datetime
from decimal import Decimal

import pytest

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import bank
from grants.actions import bank_deposits, bank_details, bank_lines, settlements
from grants.models import BankFile, ClaimEntry, RepaymentClaim

DAY = datetime.date(2019, 3, 20)


@pytest.fixture
def claim(cast):
    return cast.tranche("08", 2018).claims.get()


def take_in(cast, content, **options):
    return bank_deposits.take_in(cast.programme, by=cast.payer(), name="in.xml", content=content, **options)


def file_of(cast, *sums, on=DAY):
    return bank.deposits(cast.programme, [(*row, "Region X") for row in sums], on=on)


def test_a_deposit_is_booked_on_the_claim_its_ocr_names_and_closes_it(cast, claim):
    half = Decimal("1000.50")
    take_in(cast, file_of(cast, (claim.reference, half)))
    assert RepaymentClaim.objects.get(pk=claim.pk).outstanding == claim.amount - half
    file = take_in(cast, file_of(cast, (claim.reference, claim.amount - half)))
    claim.refresh_from_db()
    assert claim.status == "closed"
    assert file.lines.get().entry.claim == claim


def test_a_replay_books_nothing(cast, claim):
    content = file_of(cast, (claim.reference, 100))
    take_in(cast, content)
    with pytest.raises(Refused, match="redan inläst"):
        take_in(cast, content)
    again = take_in(cast, content.replace(b"OVNING-INBET", b"OVNING-ANNAN"))
    assert again.lines.get().outcome == "known"
    assert ClaimEntry.objects.filter(claim=claim).count() == 1


LONG = b"x" * 200


def ten(claim):
    return [(claim.reference, 10)]


BAD = {
    "euro": (lambda claim: [(claim.reference, 10)], (b"SEK", b"EUR"), "EUR"),
    "no direction": (lambda claim: [(claim.reference, 10)], (b"CRDT", b"UPP"), "kom in eller gick ut"),
    "no day": (lambda claim: [(claim.reference, 10)], (b"ValDt", b"Annat"), "saknar dag"),
    "no amount": (lambda claim: [(claim.reference, 10)], (b">10.00<", b">tio<"), "inget belopp"),
    "negative": (lambda claim: [(claim.reference, 10)], (b">10.00<", b">-10.00<"), "inget belopp"),
    "too many decimals": (lambda claim: [(claim.reference, 10)], (b">10.00<", b">10.001<"), "inget belopp"),
    "huge": (ten, (b">10.00<", b">" + b"9" * 60 + b"<"), "inget belopp"),
    "an exponent": (ten, (b">10.00<", b">1E999999<"), "inget belopp"),
    "underscores": (ten, (b">10.00<", b">1_0.00<"), "inget belopp"),
    "digits of another script": (ten, (b">10.00<", ">١٠<".encode()), "inget belopp"),
    "a part in euro": (
        ten,
        (b"<TxDtls>", b'<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls>'),
        "EUR",
    ),
    "a part that went out": (ten, (b"<TxDtls>", b"<TxDtls><CdtDbtInd>DBIT</CdtDbtInd>"), "gick ut"),
    "a long message": (ten, (b"<MsgId>", b"<MsgId>" + LONG), "35 tecken"),
    "a long reference": (ten, (b"<Ref>", b"<Ref>" + LONG), "35 tecken"),
    "a long identity": (ten, (b"<AcctSvcrRef>", b"<AcctSvcrRef>" + LONG), "35 tecken"),
    "no message": (
        lambda claim: [(claim.reference, 10)],
        (b"MsgId", b"Annat"),
        "saknar meddelandets identitet",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_written(name, cast, claim):
    sums, change, sentence = BAD[name]
    content = file_of(cast, *sums(claim))
    if change:
        assert change[0] in content
        content = content.replace(*change)
    before = BankFile.objects.count()
    with pytest.raises(Refused, match=sentence):
        take_in(cast, content)
    assert (ClaimEntry.objects.filter(claim=claim).count(), BankFile.objects.count()) == (0, before)


def test_a_deposit_without_an_identity_at_the_bank_gets_its_place_in_the_message(cast, claim):
    content = file_of(cast, (claim.reference, 100)).replace(b"AcctSvcrRef", b"AddtlNtryInf")
    line = take_in(cast, content).lines.get()
    assert (line.outcome, line.bank_reference) == ("matched", f"{line.file.message_id}#1")


def test_what_somebody_has_typed_already_is_not_booked_again(cast, claim):
    entry = settlements.receive(claim, by=cast.payer(), amount=Decimal(100), on=DAY, note="Kontoutdrag")
    file = take_in(cast, file_of(cast, (claim.reference, 100), (claim.reference, 50)))
    assert [(row.amount, row.waits) for row in file.lines.order_by("amount")] == [(50, False), (100, True)]
    line = bank_lines.same_as(file.lines.get(amount=100), by=cast.payer(), entry=entry)
    assert (line.outcome, line.entry, line.handled_as) == ("matched", entry, "same")
    assert ClaimEntry.objects.filter(claim=claim).count() == 2


def test_the_sums_a_file_says_of_itself_must_be_its_own(cast, claim):
    content = file_of(cast, (claim.reference, 100))
    wrong = content.replace(
        b"<Ntry>",
        b"<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>99.00</Sum></TtlNtries></TxsSummry><Ntry>",
    )
    with pytest.raises(Refused, match="slutsumma"):
        take_in(cast, wrong)


def test_the_authoritys_accounts_need_two_people(cast):
    with standing_at(DAY):
        row = bank_details.enter(
            cast.programme, by=cast.payer(), debit_giro="bankgiro", debit_number="5050-1055"
        )
        assert bank_details.confirmed(cast.programme) is None
        with pytest.raises(Refused, match="själv angett"):
            bank_details.confirm(row, by=cast.payer())
        bank_details.confirm(row, by=cast.other_payer())
    assert bank_details.confirmed(cast.programme).debit_number == "5050-1055"
