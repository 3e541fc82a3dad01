"""camt.054, case by case: how every line ends, what stands on the claim, and that the books hold."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from duties.models import Obligation
from grants.actions import payment_accounts, payment_returns
from grants.models import BankFileLine
from overview.selectors import proof
from tests.factories import bank_notices as bank
from tests.factories.bank_notices import Entry, Tx, camt, received, reversed_
from tests.loans import lent

pytestmark = pytest.mark.both_engines


@pytest.fixture(scope="module")
def made(lasting):
    return bank.begin()


@pytest.fixture
def world(made, db, monkeypatch):
    """The act of a return stands in its own place; here it is told, and done nothing of."""
    made.returned = []
    monkeypatch.setattr(
        payment_returns, "bring_back", lambda row, **told: made.returned.append((row.pk, told["code"]))
    )
    with lent():
        yield made


OCR = "{ocr}"  # stands for the claim's own, in the tables
LATER = bank.DAY + datetime.timedelta(days=1)
BEFORE = bank.DAY - datetime.timedelta(days=1)


def named(entry, **refs):
    return replace(entry, refs=refs)


def one_of(entry, **ids):
    return replace(entry, parts=tuple(replace(tx, refs=ids) for tx in entry.parts))


HUNDRED = received(100, OCR)
E2E = one_of(received(100, OCR), EndToEndId="E1")
BATCH = Entry(
    amount=Decimal(300),
    refs={"AcctSvcrRef": "BATCH"},
    parts=(Tx(Decimal(100), OCR), Tx(Decimal(200), "1234566", refs={"TxId": "T2"})),
)
TWINS = Entry(
    amount=Decimal(200), refs={"AcctSvcrRef": "TWINS"}, parts=(Tx(Decimal(100), OCR), Tx(Decimal(100), OCR))
)

# name: (files of entries, or bytes' options; the outcomes of all lines in order; what is left of the thousand)
CASES = {
    "all of it": ([[received(1000, OCR)]], ["matched"], 0),
    "a part": ([[received("100.50", OCR)]], ["matched"], "899.50"),
    "spaces in the OCR": ([[received(100, " {ocr} ")]], ["matched"], 900),
    "digits alone in the message": ([[received(100, text=OCR)]], ["matched"], 900),
    "two parts": ([[received(400, OCR), received(600, OCR)]], ["matched", "matched"], 0),
    "above": ([[received(1200, OCR)]], ["surplus"], 0),
    "above, in two": ([[received(700, OCR), received(700, OCR)]], ["matched", "surplus"], 0),
    "once more when closed": ([[received(1000, OCR)], [received(50, OCR)]], ["matched", "surplus"], 0),
    "zeros before": ([[received(100, "00{ocr}")]], ["proposed"], 1000),
    "words around": ([[received(100, text="Återbet. OCR {ocr} tack")]], ["proposed"], 1000),
    "no reference": ([[received(1000)]], ["proposed"], 1000),
    "another's reference": ([[received(100, "1234566")]], ["proposed"], 1000),
    "two references": (
        [[Entry(parts=(Tx(text=OCR),), amount=100), received(5, text="1 2")]],
        ["matched", "proposed"],
        900,
    ),
    "tomorrow": ([[received(100, OCR, day=LATER)]], ["proposed"], 1000),
    "before the claim": ([[received(100, OCR, day=BEFORE)]], ["proposed"], 1000),
    "not booked": ([[received(100, OCR, status="PDNG")]], ["proposed"], 1000),
    "information": ([[received(100, OCR, status="INFO")]], ["proposed"], 1000),
    "booked later": (
        [[replace(HUNDRED, status="PDNG")], [HUNDRED]],
        ["known", "matched"],
        900,
    ),
    "told of twice before it is booked": (
        [[replace(HUNDRED, status="PDNG")], [replace(HUNDRED, status="PDNG")], [HUNDRED]],
        ["known", "known", "matched"],
        900,
    ),
    "the same in another file": ([[HUNDRED], [HUNDRED]], ["matched", "known"], 900),
    "the same under another entry": (
        [[named(E2E, AcctSvcrRef="A1")], [named(E2E, AcctSvcrRef="B7")]],
        ["matched", "known"],
        900,
    ),
    "the entry's name becomes the transaction's": (
        [[named(HUNDRED, AcctSvcrRef="A1")], [one_of(named(HUNDRED, NtryRef="9"), TxId="A1")]],
        ["matched", "known"],
        900,
    ),
    "the same by instruction": (
        [[one_of(HUNDRED, InstrId="I1")], [one_of(named(HUNDRED, NtryRef="4"), InstrId="I1")]],
        ["matched", "known"],
        900,
    ),
    "the same through a third": (
        [
            [one_of(named(HUNDRED), TxId="X1")],
            [one_of(named(HUNDRED), TxId="X1", InstrId="X2")],
            [one_of(named(HUNDRED), InstrId="X2")],
        ],
        ["matched", "known", "known"],
        900,
    ),
    "an entry's number on another day": (
        [[named(HUNDRED, NtryRef="1")], [named(replace(received(200, OCR)), NtryRef="1")]],
        ["matched", "matched"],
        700,
    ),
    "one name, two amounts": (
        [[named(HUNDRED, AcctSvcrRef="A1")], [named(received(200, OCR), AcctSvcrRef="A1")]],
        ["matched", "proposed"],
        900,
    ),
    "the payer's own name again, another payer": (
        [
            [one_of(named(HUNDRED), EndToEndId="1")],
            [one_of(named(received(100, OCR, party="Annan")), EndToEndId="1")],
        ],
        ["matched", "proposed"],
        900,
    ),
    "twice in one file": ([[HUNDRED, HUNDRED]], ["matched", "known"], 900),
    "nameless twice in one file": ([[named(HUNDRED), named(HUNDRED)]], ["matched", "matched"], 800),
    "nameless in another file": ([[named(HUNDRED)], [named(HUNDRED)]], ["matched", "proposed"], 900),
    "a batch": ([[BATCH]], ["matched", "proposed"], 900),
    "a batch again": ([[BATCH], [BATCH]], ["matched", "proposed", "known", "known"], 900),
    "twins in a batch": ([[TWINS]], ["matched", "matched"], 800),
    "twins again": ([[TWINS], [TWINS]], ["matched", "matched", "known", "known"], 800),
    "word for word twice in an entry": (
        [[one_of(TWINS, TxId="SAME")]],
        ["matched", "proposed"],
        900,
    ),
    "no transactions": ([[Entry(refs={"AcctSvcrRef": "X"}, parts=())]], ["proposed"], 1000),
    "taken back in the same file": ([[HUNDRED, reversed_(HUNDRED)]], ["matched", "matched"], 1000),
    "taken back before it is told of": ([[reversed_(HUNDRED), HUNDRED]], ["matched", "matched"], 1000),
    "taken back later": (
        [
            [received(1000, OCR, refs={"AcctSvcrRef": "R"})],
            [reversed_(received(1000, OCR, refs={"AcctSvcrRef": "R"}))],
        ],
        ["matched", "matched"],
        1000,
    ),
    "taken back, told twice": (
        [[HUNDRED], [reversed_(HUNDRED)], [reversed_(HUNDRED)]],
        ["matched", "matched", "known"],
        1000,
    ),
    "gone out under its name": (
        [[HUNDRED], [reversed_(HUNDRED, reversal=False)]],
        ["matched", "matched"],
        1000,
    ),
    "the sign of another bank": (
        [[HUNDRED], [reversed_(HUNDRED, direction="CRDT")]],
        ["matched", "matched"],
        1000,
    ),
    "taken back by OCR and amount": (
        [[HUNDRED], [reversed_(received(100, OCR))]],
        ["matched", "matched"],
        1000,
    ),
    "a part taken back": ([[HUNDRED], [reversed_(received(40, OCR))]], ["matched", "proposed"], 900),
    "surplus taken back": (
        [
            [received(1200, OCR, refs={"AcctSvcrRef": "S"})],
            [reversed_(received(1200, OCR, refs={"AcctSvcrRef": "S"}))],
        ],
        ["surplus", "matched"],
        1000,
    ),
    "what waited taken back": (
        [
            [received(70, "1234566", refs={"AcctSvcrRef": "W"})],
            [reversed_(received(70, "1234566", refs={"AcctSvcrRef": "W"}))],
        ],
        ["matched", "matched"],
        1000,
    ),
    "a fee": ([[received(3, direction="DBIT", party="Banken")]], ["proposed"], 1000),
    "nothing at all": ([[]], [], 1000),
}
FOREIGN = {
    "an IBAN": {"iban": "SE4550000000058398257466"},
    "another bankgiro": {"account": "5052-5781"},
    "another plusgiro": {"account": "50501055", "scheme": "PGNR"},
    "letters in it": {"account": "BG5050-1055", "scheme": ""},
}
OURS = {
    "with a hyphen": {"account": "5050-1055"},
    "digits": {"account": "50501055"},
    "no scheme": {"account": "50501055", "scheme": ""},
    "prefixed": {"prefix": "ns2"},
    "version 08": {"version": "08"},
}
WAITING = {"another scheme": {"scheme": "BBAN"}, "no account": {"account": ""}}


def filled(entry, claim):
    """The entry with the claim's OCR where it stands."""
    parts = [
        replace(
            tx,
            **{
                name: value.replace("{ocr}", claim.reference)
                for name in ("ocr", "text")
                if (value := getattr(tx, name))
            },
        )
        for tx in entry.parts
    ]
    return replace(entry, parts=tuple(parts))


def outcomes(world):
    return list(
        BankFileLine.objects.filter(programme=world.programme, number__gt=0)
        .order_by("file_id", "number")
        .values_list("outcome", flat=True)
    )


def holds(world):
    """The books hold, and there is a duty exactly as long as something waits."""
    assert [str(row) for row in proof.prove(world.programme).differences] == []
    waits = BankFileLine.objects.waiting().exists()
    assert Obligation.objects.open().filter(kind="settle_bank_lines").exists() == waits


@pytest.mark.parametrize("version", ["02", "08"])
@pytest.mark.parametrize("name", CASES)
def test_how_every_line_ends(name, version, world):
    files, ends, left = CASES[name]
    for entries in files:
        world.take_in(camt(*[filled(entry, world.claim) for entry in entries], version=version))
        holds(world)
    claim = world.now()
    assert outcomes(world) == ends
    assert claim.outstanding == Decimal(left)
    assert claim.status == ("open" if claim.outstanding else "closed")
    assert claim.tranche.status == ("closed" if claim.outstanding else "settled")


@pytest.mark.parametrize(
    ("options", "end"),
    [
        *[pytest.param(row, "foreign", id=name) for name, row in FOREIGN.items()],
        *[pytest.param(row, "matched", id=name) for name, row in OURS.items()],
        *[pytest.param(row, "proposed", id=name) for name, row in WAITING.items()],
    ],
)
def test_whose_account_it_is(options, end, world):
    entry = filled(HUNDRED, world.claim)
    world.take_in(camt(entry, reversed_(received(5)), **options))
    first, second = outcomes(world)
    assert (first, second) == (end, "proposed" if end == "matched" else end)
    assert world.now().outstanding == (900 if end == "matched" else 1000)
    holds(world)


def test_without_a_checked_account_nothing_is_booked_by_itself(world):
    own = world.programme.disburser
    with world.day():
        payment_accounts.enter(own, by=world.walk.payer(1), giro="bankgiro", number="160-9908")
    file = world.take_in(camt(filled(HUNDRED, world.claim), received(5)))
    assert outcomes(world) == ["proposed", "proposed"]
    assert all("kontrollerat" in row.reason for row in file.lines.all())
    holds(world)


E = "{e2e}"
RETURNS = {
    "by its identity": (received(500000, ids={"EndToEndId": E}), "returned"),
    "with a reason": (received(500000, ids={"EndToEndId": E}, returned="AC04"), "returned"),
    "in words": (received(500000, text="Retur {e2e}", returned="AC01"), "returned"),
    "by the list and the amount": (received(500000, ids={"PmtInfId": "{list}"}, code="RRTN"), "returned"),
    "a debit taken back": (received(500000, ids={"EndToEndId": E}, reversal=True), "returned"),
    "another amount": (received(499990, ids={"EndToEndId": E}, returned="AC04"), "proposed"),
    "of nobody knows what": (received(500000, returned="AC04"), "proposed"),
    "our own payment leaving": (received(500000, ids={"EndToEndId": E}, direction="DBIT"), "matched"),
    "another sum leaving": (received(5, ids={"EndToEndId": E}, direction="DBIT"), "proposed"),
}


@pytest.mark.parametrize("name", RETURNS)
def test_a_payment_that_comes_back(name, world):
    entry, end = RETURNS[name]
    payment = world.payment
    names = {"{e2e}": payment.end_to_end, "{list}": payment.batch.message_id}
    (tx,) = entry.parts
    refs = {kind: names.get(value, value) for kind, value in tx.refs.items()}
    text = tx.text and tx.text.replace(E, payment.end_to_end)
    entry = replace(
        entry, amount=min(entry.amount, payment.amount), parts=(replace(tx, refs=refs, text=text),)
    )
    world.take_in(camt(entry))
    assert outcomes(world) == [end]
    assert world.returned == ([(payment.pk, tx.returned or "")] if end == "returned" else [])
    world.take_in(camt(replace(entry, refs={"AcctSvcrRef": "AGAIN"}, day=BEFORE)))
    assert len(world.returned) == (end == "returned"), "a payment comes back once"
