"""Whatever a bank writes: every line ends as one thing, every krona is accounted for, and a replay changes nothing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from digikoord.lib.verdict import Refused
from grants.bank import xml
from grants.bank.xml import ISO
from grants.models import BankFileLine, ClaimEntry, Outcome
from overview.selectors import proof
from tests.factories import bank_notices as bank
from tests.factories.bank_notices import Entry, Tx, camt
from tests.loans import lent

MONEY = (Outcome.MATCHED, Outcome.PROPOSED, Outcome.RETURNED, Outcome.SURPLUS, Outcome.FOREIGN, Outcome.KNOWN)
MANY = 10_000
NAMES = st.sampled_from(
    [{}, {"TxId": "A"}, {"TxId": "B"}, {"EndToEndId": "E"}, {"EndToEndId": "E", "TxId": "C"}]
)


@pytest.fixture(scope="module")
def world(lasting):
    return bank.begin()


def entries(reference):
    sums = st.sampled_from([Decimal(x) for x in ("0.01", "100", "400", "1000", "1200")])
    ocr = st.sampled_from([reference, reference, f"00{reference}", "1234566", None])

    @st.composite
    def entry(draw):
        parts = [Tx(draw(sums), draw(ocr), refs=draw(NAMES)) for _ in range(draw(st.integers(1, 3)))]
        return Entry(
            amount=sum(tx.amount for tx in parts),
            direction=draw(st.sampled_from(["CRDT", "CRDT", "CRDT", "DBIT"])),
            reversal=draw(st.integers(0, 4)) == 0,
            status=draw(st.sampled_from(["BOOK", "BOOK", "BOOK", "PDNG"])),
            refs=draw(st.sampled_from([{}, {"NtryRef": "1"}, {"AcctSvcrRef": "X"}, {"AcctSvcrRef": "Y"}])),
            parts=tuple(parts),
        )

    return st.lists(entry(), max_size=6)


def accounted(world):
    """One outcome a line; and what the lines booked is what the claim has, as far as it ever asked for."""
    lines = list(BankFileLine.objects.filter(number__gt=0))
    assert all(line.outcome in MONEY for line in lines)
    assert sum(line.booked for line in lines) == sum(row.amount for row in ClaimEntry.objects.all())
    assert world.now().outstanding == 1000 - sum(line.booked for line in lines)
    for line in lines:
        if line.outcome == Outcome.MATCHED and line.meets_id:
            assert line.booked == -line.meets.booked, "as much is taken back as was booked"
        elif line.handled_as != "reversed":
            rest = {Outcome.MATCHED: 0, Outcome.SURPLUS: line.surplus}.get(line.outcome, line.amount)
            assert line.booked + rest == line.amount, line.__dict__
    assert [str(row) for row in proof.prove(world.programme).differences] == []
    return {(line.pk, line.outcome, line.booked) for line in lines}


@given(data=st.data())
@settings(
    max_examples=15,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
def test_every_line_has_one_end_and_a_replay_changes_nothing(world, db, data):
    with lent():
        rows = entries(world.claim.reference)
        contents = [
            camt(*data.draw(rows), version=data.draw(st.sampled_from(["02", "08"])))
            for _ in range(data.draw(st.integers(1, 3)))
        ]
        for content in contents:
            world.take_in(content)
        before = accounted(world)
        for content in contents:
            with pytest.raises(Refused, match="redan inläst"):
                world.take_in(content)
        assert accounted(world) == before
        left = world.now().outstanding
        for content in contents:
            copy = world.take_in(content.replace(b"<MsgId>CAMT", b"<MsgId>KOPIA"))
            assert not copy.lines.exclude(entry=None).exists(), (
                "told again by another file, nothing is booked again"
            )
        assert world.now().outstanding == left
        accounted(world)


def long(world, version):
    """Ten thousand lines: some booked, one surplus, most of nobody's."""
    names = ({"AcctSvcrRef": f"M{version}-{at}"} for at in range(MANY))
    rows = [
        Entry(
            amount=Decimal(1),
            refs=refs,
            parts=(Tx(ocr=world.claim.reference if at % 500 == 0 else f"{at:09d}"),),
        )
        for at, refs in enumerate(names)
    ]
    return camt(*rows, version=version)


@pytest.mark.parametrize("version", ["02", "08"])
def test_ten_thousand_lines_cost_questions_by_the_thousand(world, db, version):
    with lent():
        content = long(world, version)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            file = world.take_in(content)
        assert file.lines.count() == MANY
        assert (file.lines.filter(outcome="matched").count(), world.now().outstanding) == (20, 980)
        # A statement a thousand rows or names (SQLite takes fewer at once), and one of the trail for each that is booked
        bound = 150 if connection.vendor == "postgresql" else 1_500
        assert len(asked) < bound, len(asked)
        with CaptureQueriesContext(connection) as again:
            copy = world.take_in(content.replace(b"<MsgId>CAMT", b"<MsgId>KOPIA"))
        assert copy.lines.filter(outcome="known").count() == MANY
        assert len(again) < bound


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def turned(old, new):
    return lambda text: text.replace(old, new)


HOSTILE = {
    "billion laughs": (lambda text: text.replace("?>", f"?>{LAUGHS}", 1), "DOCTYPE"),
    "an entity from outside": (lambda text: text.replace("?>", f"?>{OUTSIDE}", 1), "DOCTYPE"),
    "in another encoding": (
        lambda text: text.replace("?>", f"?>{LAUGHS}", 1).replace("UTF-8", "UTF-16").encode("utf-16"),
        "DOCTYPE",
    ),
    "not the encoding it says": (
        lambda text: text.replace("Region", "Région").encode("latin-1"),
        "går inte att läsa",
    ),
    "twenty megabytes": (lambda text: text + " " * (20 * 1024 * 1024), "större än 15 MB"),
    "cut off": (lambda text: text[: len(text) // 2], "går inte att läsa"),
    "another family": (turned("camt.054.001.02", "camt.053.001.02"), "camt.054.001.02 och camt.054.001.08"),
    "another version": (turned("camt.054.001.02", "camt.054.001.04"), "camt.054.001.02 och camt.054.001.08"),
    "no namespace of ISO": (turned(ISO, "urn:annat:"), "inget ISO 20022"),
    "no amount": (turned('<Amt Ccy="SEK">100</Amt>', ""), "okänd valuta"),
    "an empty amount": (turned(">100<", "><"), "inget belopp"),
    "below nought": (turned(">100<", ">-100<"), "inget belopp"),
    "nought": (turned(">100<", ">0<"), "inget belopp"),
    "an exponent": (turned(">100<", ">1e2<"), "inget belopp"),
    "digits of another script": (turned(">100<", ">١٠٠<"), "inget belopp"),
    "two amounts": (
        turned('<Amt Ccy="SEK">100</Amt>', '<Amt Ccy="SEK">100</Amt><Amt Ccy="SEK">1</Amt>'),
        "2 gånger",
    ),
    "two directions": (
        turned("<CdtDbtInd>CRDT</CdtDbtInd>", "<CdtDbtInd>CRDT</CdtDbtInd><CdtDbtInd>DBIT</CdtDbtInd>"),
        "2 gånger",
    ),
    "kronor of another country": (turned('Ccy="SEK"', 'Ccy="NOK"'), "NOK"),
    "no day": (turned("ValDt", "Annat"), "saknar dag"),
    "no such day": (turned(str(bank.DAY), "2018-02-30"), "ingen dag"),
    "parts that are not the whole": (
        turned("<TxDtls>", '<TxDtls><AmtDtls><TxAmt><Amt Ccy="SEK">99</Amt></TxAmt></AmtDtls>'),
        "delarna blir inte",
    ),
    "a part against": (turned("<TxDtls>", "<TxDtls><CdtDbtInd>DBIT</CdtDbtInd>"), "gick ut"),
    "no message": (turned("MsgId", "Annat"), "saknar meddelandets identitet"),
    "no content": (turned("Ntfctn>", "Annat>"), "saknar meddelandets identitet"),
    "another number": (
        turned("<Ntry>", "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry><Ntry>"),
        "2 poster men har 1",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_refused_writes_nothing(world, db, name):
    change, sentence = HOSTILE[name]
    text = camt(bank.received(100, world.claim.reference)).decode()
    content = change(text)
    content = content if isinstance(content, bytes) else content.encode()
    assert content != text.encode()
    with lent():
        with pytest.raises(Refused, match=sentence) as refused:
            world.take_in(content)
        assert len(str(refused.value)) < 400
        assert not BankFileLine.objects.filter(number__gt=0).exists()


def test_a_day_may_have_an_hour(world, db):
    with lent():
        content = (
            camt(bank.received(100, world.claim.reference))
            .replace(b"<Dt>", b"<DtTm>")
            .replace(b"</Dt>", b"T23:59:59+01:00</DtTm>")
        )
        assert world.take_in(content).lines.get().on == bank.DAY
        assert xml.MOST_BYTES == 15 * 1024 * 1024
