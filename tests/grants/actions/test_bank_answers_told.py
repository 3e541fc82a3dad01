"""pain.002, case by case and in every version that is read: what the payment becomes, and what is refused in a sentence."""

import pytest

from digikoord.lib.verdict import Refused
from grants.actions import payment_returns
from grants.lifecycle.payment import Status
from grants.models import BankFile, Payment
from overview.selectors import proof
from tests.factories import at
from tests.factories.bank_notices import BankWorld, document, pain
from tests.loans import lent

pytestmark = pytest.mark.both_engines
VERSIONS = ("03", "10", "12")
NEW = ("10", "12")
OTHER = "RDK-2018-2018-99-1-1"
E2E = "{e2e}"


@pytest.fixture(scope="module")
def made(lasting):
    walk, row = at.payment_at(Status.EXPORTED)
    return BankWorld(walk, None, row)


@pytest.fixture
def world(made, db, monkeypatch):
    made.returned = []
    monkeypatch.setattr(payment_returns, "bring_back", lambda row, **told: made.returned.append(told))
    with lent():
        yield made


def one(status, code=None, more=""):
    return {"rows": [(E2E, status, code, more)]}


def original(inner):
    return f"<OrgnlTxRef>{inner}</OrgnlTxRef>"


def amount(told, currency="SEK"):
    return original(f'<Amt><InstdAmt Ccy="{currency}">{told}</InstdAmt></Amt>')


DAY = "<AccptncDtTm>2018-11-01T09:00:00</AccptncDtTm>"
TOLD = "<StsRsnInf><Rsn><Prtry>X9</Prtry></Rsn><AddtlInf>Kontot är avslutat</AddtlInf></StsRsnInf>"
# name: (answers one after the other, the versions they are written in, the payment's state, what the bank said of it)
CASES = {
    **{
        f"group {code}": ([{"group": code}], VERSIONS, Status.ACCEPTED, "")
        for code in ("RCVD", "PDNG", "ACTC", "ACCP", "ACWC", "ACSP")
    },
    **{
        f"payment {code}": ([one(code)], VERSIONS, Status.ACCEPTED, "")
        for code in ("PDNG", "ACTC", "ACCP", "ACWC", "ACSP")
    },
    "payment RCVD": ([one("RCVD")], NEW, Status.ACCEPTED, ""),
    "group ACSC": ([{"group": "ACSC"}], VERSIONS, Status.PAID, ""),
    "payment ACSC": ([one("ACSC")], VERSIONS, Status.PAID, ""),
    "payment ACSC on its day": ([one("ACSC", more=DAY)], VERSIONS, Status.PAID, ""),
    "payment ACCC": ([one("ACCC")], NEW, Status.PAID, ""),
    "group ACCC": ([{"group": "ACCC"}], NEW, Status.PAID, ""),
    "block ACSC": ([{"group": "PART", "block": "ACSC"}], VERSIONS, Status.PAID, ""),
    "block before group": ([{"group": "ACCP", "block": "RJCT"}], VERSIONS, Status.FAILED, "RJCT"),
    "group RJCT": ([{"group": "RJCT"}], VERSIONS, Status.FAILED, "RJCT"),
    "payment RJCT": ([one("RJCT", "AC01")], VERSIONS, Status.FAILED, "AC01"),
    "payment RJCT AC04": ([one("RJCT", "AC04")], VERSIONS, Status.FAILED, "AC04"),
    "RJCT in words": ([one("RJCT", more=TOLD)], VERSIONS, Status.FAILED, "X9 Kontot är avslutat"),
    "payment CANC": ([one("CANC", "CUST")], NEW, Status.FAILED, "CUST"),
    "group PART": ([{"group": "PART", **one("ACSC")}], VERSIONS, Status.PAID, ""),
    "accepted, then paid": ([one("ACCP"), one("ACSC")], VERSIONS, Status.PAID, ""),
    "accepted, then refused": ([one("ACSP"), one("RJCT", "AC06")], VERSIONS, Status.FAILED, "AC06"),
    "paid, then accepted": ([one("ACSC"), one("ACSP")], VERSIONS, Status.PAID, ""),
    "paid twice": ([one("ACSC"), one("ACCC")], NEW, Status.PAID, ""),
    "refused twice": ([one("RJCT", "AC04"), one("RJCT", "AC01")], VERSIONS, Status.FAILED, "AC04"),
    "the amount repeated": ([one("ACSC", more=amount("500000.00"))], VERSIONS, Status.PAID, ""),
    "a prefix": ([{**one("ACSC"), "prefix": "p"}], VERSIONS, Status.PAID, ""),
    "number and sum": ([{**one("ACSC"), "number": "1", "total": "500000"}], VERSIONS, Status.PAID, ""),
    "value with zeros": ([{**one("ACSC"), "total": "500000.000"}], VERSIONS, Status.PAID, ""),
}
REFUSED = {
    "an unknown status": ([one("ACSX")], VERSIONS, "schemat|inte är känd"),
    "PART for a payment": ([one("PART")], NEW, "säger inte hur det gick"),
    "no status": ([one(None)], VERSIONS, "säger inte hur det gick"),
    "another's payment": ([{"rows": [(OTHER, "ACSC", None, "")]}], VERSIONS, "finns inte i den här"),
    "another list": ([{"group": "ACSC", "original": "NAGON-ANNAN"}], VERSIONS, "inte på den här"),
    "answered twice": (
        [{"rows": [(E2E, "ACSC", None, ""), (E2E, "RJCT", None, "")]}],
        VERSIONS,
        "två gånger",
    ),
    "against itself": ([{"group": "RJCT", **one("ACSC")}], VERSIONS, "emot sig själv"),
    "nothing of anything": ([{"group": "PART"}], VERSIONS, "inget om någon betalning"),
    "another amount": ([one("ACSC", more=amount("500000.01"))], VERSIONS, "kan vara ändrad"),
    "below nought": ([one("ACSC", more=amount("-500000.00"))], VERSIONS, "inget belopp|schemat"),
    "an exponent": ([one("ACSC", more=amount("5e5"))], VERSIONS, "inget belopp|schemat"),
    "another currency": ([one("ACSC", more=amount("500000.00", "EUR"))], VERSIONS, "EUR"),
    "another account": (
        [one("ACSC", more=original("<CdtrAcct><Id><Othr><Id>1609908</Id></Othr></Id></CdtrAcct>"))],
        VERSIONS,
        "ett annat konto",
    ),
    "another number": ([{**one("ACSC"), "number": "2"}], VERSIONS, "2 betalningar"),
    "no number": ([{**one("ACSC"), "number": "ett"}], VERSIONS, "schemat|inget antal"),
    "another sum": ([{**one("ACSC"), "total": "1.00"}], VERSIONS, "listan är på"),
    "no sum": ([{**one("ACSC"), "total": "NaN"}], VERSIONS, "schemat|ingen summa"),
    "tomorrow": ([one("ACSC", more=DAY.replace("11-01", "11-02"))], VERSIONS, "som betalningsdag"),
    "before the list": ([one("ACSC", more=DAY.replace("11-01", "10-31"))], VERSIONS, "som betalningsdag"),
    "no day": ([one("ACSC", more=DAY.replace("2018-11-01", "2018-13-01"))], VERSIONS, "ingen dag|schemat"),
    "paid after refused": ([one("RJCT", "AC04"), one("ACSC")], VERSIONS, "är misslyckad här"),
    "accepted after refused": ([one("RJCT", "AC04"), one("ACCP")], VERSIONS, "är misslyckad här"),
    "status twice": ([one("ACSC", more="<TxSts>RJCT</TxSts>")], VERSIONS, "schemat|2 gånger"),
}
UNREAD = ("pain.002.001.02", "pain.002.001.14", "pain.001.001.03", "camt.054.001.02", "pain.002.001.1")


def written(world, told, version):
    rows = [(world.payment.end_to_end if row[0] == E2E else row[0], *row[1:]) for row in told.get("rows", ())]
    return pain(world.payment.batch, version=version, **{**told, "rows": rows})


def played(table):
    return [
        pytest.param(*table[key], version, id=f"{key}-{version}")
        for key in table
        for version in table[key][1]
    ]


@pytest.mark.parametrize(("answers", "_versions", "status", "reason", "version"), played(CASES))
def test_what_the_payment_becomes(answers, _versions, status, reason, version, world):
    for told in answers:
        file = world.answer(world.payment.batch, written(world, told, version))
    row = Payment.objects.get(pk=world.payment.pk)
    assert row.status == status
    assert reason in row.failed_reason
    assert bool(row.value_date) == (status == Status.PAID)
    assert file.lines.count() == 1
    assert [str(one) for one in proof.prove(world.programme).differences] == []


@pytest.mark.parametrize(("answers", "_versions", "sentence", "version"), played(REFUSED))
def test_what_is_refused_changes_nothing(answers, _versions, sentence, version, world):
    *before, last = answers
    for told in before:
        world.answer(world.payment.batch, written(world, told, version))
    was = Payment.objects.values().get(pk=world.payment.pk)
    with pytest.raises(Refused, match=sentence):
        world.answer(world.payment.batch, written(world, last, version))
    assert Payment.objects.values().get(pk=world.payment.pk) == was
    assert BankFile.objects.count() == len(before)


@pytest.mark.parametrize("message", UNREAD)
def test_any_other_version_is_refused_and_told_which_are_read(message, world):
    content = document(message, "<CstmrPmtStsRpt/>")
    with pytest.raises(Refused, match=r"pain.002.001.03, pain.002.001.10 och pain.002.001.12"):
        world.answer(world.payment.batch, content)


@pytest.mark.parametrize("version", VERSIONS)
def test_refused_after_it_was_paid_it_has_come_back(version, world):
    batch = world.payment.batch
    world.answer(batch, written(world, one("ACSC"), version))
    file = world.answer(batch, written(world, one("RJCT", "AC04"), version))
    assert [(told["code"], told["file"], told["on"]) for told in world.returned] == [
        ("AC04", file, at.PAYING)
    ]
    assert file.lines.get().outcome == "returned"


def test_what_cannot_be_brought_back_refuses_the_file(world, monkeypatch):
    batch = world.payment.batch
    world.answer(batch, written(world, one("ACSC"), "03"))

    def never(row, **_told):
        raise Refused("Det går inte.")

    monkeypatch.setattr(payment_returns, "bring_back", never)
    with pytest.raises(Refused, match="Det går inte"):
        world.answer(batch, written(world, one("RJCT", "AC04"), "03"))
    assert BankFile.objects.count() == 1


@pytest.mark.parametrize("bank", ["BIC", "BICFI"])
def test_which_bank_it_is_from_stands_under_the_versions_own_name(bank, world):
    version = "03" if bank == "BIC" else "10"
    agent = f"<DbtrAgt><FinInstnId><{bank}>ESSESESS</{bank}></FinInstnId></DbtrAgt></GrpHdr>"
    content = written(world, one("ACCP"), version).replace(b"</GrpHdr>", agent.encode())
    assert world.answer(world.payment.batch, content).bank == "ESSESESS"


def test_there_are_fifty_cases_and_more():
    assert len(CASES) + len(REFUSED) + len(UNREAD) >= 50
