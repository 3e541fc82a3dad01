"""The bank's messages as bytes: what is written holds for the public schema, and what is wrong is said."""

import datetime
from decimal import Decimal

import pytest
from lxml import etree

from digikoord.lib import short_names as identity
from digikoord.lib.verdict import Refused
from grants.bank import camt054, pain001, pain002, xml

NS = {"p": xml.ISO + pain001.MESSAGE}
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><Document>&c;</Document>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Document>&f;</Document>"""
)


def transfer(number=1, **changes):
    given = {
        "end_to_end": f"RDK-2018-2018-0{number}-1-1",
        "amount": Decimal("500000.00"),
        "to": pain001.Party("Region Åre & Söner", "222000-9993"),
        "account": pain001.Account("bankgiro", "5052-5781"),
        "remittance": "N2018/04129/D",
    }
    return pain001.Transfer(**{**given, **changes})


def order(*transfers, **changes):
    given = {
        "message_id": "RDK-2018-B0001",
        "created": datetime.datetime(2018, 11, 20, 12),
        "execute_on": datetime.date(2018, 11, 21),
        "debtor": pain001.Party("Regeringskansliet", "202100-3831"),
        "account": pain001.Account("bankgiro", "160-9908"),
        "bic": "",
        "transfers": transfers or (transfer(1), transfer(2)),
    }
    return pain001.Order(**{**given, **changes})


def test_the_message_holds_for_the_public_schema_and_is_the_same_each_time():
    content = pain001.write(order())
    root = etree.fromstring(content)
    assert xml.schema(pain001.MESSAGE).validate(root)
    assert content == pain001.write(order())
    sums = [node.text for node in root.iterfind(".//p:CtrlSum", NS)]
    assert sums == ["1000000.00", "1000000.00"]


def test_a_bankgiro_is_written_as_the_swedish_banks_read_it():
    row = etree.fromstring(pain001.write(order())).find(".//p:CdtTrfTxInf", NS)
    read = {
        path: row.findtext(path, namespaces=NS)
        for path in (
            "p:CdtrAgt/p:FinInstnId/p:ClrSysMmbId/p:ClrSysId/p:Cd",
            ".//p:MmbId",
            "p:CdtrAcct/p:Id/p:Othr/p:Id",
            "p:CdtrAcct//p:Prtry",
            "p:RmtInf/p:Ustrd",
            "p:PmtId/p:EndToEndId",
        )
    }
    assert list(read.values()) == [
        "SESBA",
        "9900",
        "50525781",
        "BGNR",
        "N2018/04129/D",
        "RDK-2018-2018-01-1-1",
    ]


def test_an_exercise_says_so():
    content = pain001.write(order(mark="ÖVNING – PÅHITTADE UPPGIFTER")).decode()
    assert "<!-- ÖVNING – PÅHITTADE UPPGIFTER -->" in content


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"account": pain001.Account("", "")}, "saknar kontot"),
        ({"debtor": pain001.Party("Regeringskansliet")}, "saknar avsändarens organisationsnummer"),
        ({"debtor": pain001.Party("", "202100-3831")}, "saknar avsändarens namn"),
    ],
)
def test_no_file_is_written_without_a_sender(missing, sentence):
    with pytest.raises(Refused, match=sentence):
        pain001.write(order(**missing))


def test_the_sender_is_named_with_its_number_its_account_and_its_agent():
    """Without a BIC the agent is the giro's own clearing member; nothing is written that says "not provided"."""
    content = pain001.write(order())
    root = etree.fromstring(content)
    told = [
        root.findtext(f".//p:{path}", namespaces=NS)
        for path in (
            "InitgPty/p:Nm",
            "InitgPty/p:Id/p:OrgId/p:Othr/p:Id",
            "Dbtr/p:Id/p:OrgId/p:Othr/p:Id",
            "DbtrAcct/p:Id/p:Othr/p:Id",
            "DbtrAgt/p:FinInstnId/p:ClrSysMmbId/p:MmbId",
        )
    ]
    assert told == ["Regeringskansliet", "2021003831", "2021003831", "1609908", "9900"]
    assert b"NOTPROVIDED" not in content
    with_bic = etree.fromstring(pain001.write(order(bic="ESSESESS")))
    assert with_bic.findtext(".//p:DbtrAgt/p:FinInstnId/p:BIC", namespaces=NS) == "ESSESESS"


@pytest.mark.parametrize(
    "wrong",
    [
        {"transfers": (transfer(end_to_end="x" * 36),)},
        {"transfers": (transfer(amount=Decimal("-1")),)},
        {"bic": "inte en BIC"},
        {"transfers": (transfer(to=pain001.Party("")),)},
    ],
)
def test_what_the_schema_forbids_is_never_handed_out(wrong):
    with pytest.raises(Refused, match=r"schemat pain\.001\.001\.03"):
        pain001.write(order(**wrong))


@pytest.mark.parametrize("read", [pain002.read, camt054.read])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tom"),
        (b"  \n", "tom"),
        (b"hej", "inte att l"),
        (b"<Document>", "inte att l"),
        (b"\x00\xff\xfe", "inte att l"),
        (BOMB, "DOCTYPE"),
        (OUTSIDE.decode().encode("utf-16"), "DOCTYPE"),
        (b"<a>" * 5_000, "inte att l"),
        (OUTSIDE, "DOCTYPE"),
        (b"<Document/>", "inget ISO 20022"),
        (b"x" * (xml.MOST_BYTES + 1), "5 MB"),
        (f'<Document xmlns="{xml.ISO}pain.001.001.03"/>'.encode(), r"pain\.001\.001\.03"),
        (f'<Document xmlns="{xml.ISO}camt.053.001.02"/>'.encode(), r"camt\.053"),
    ],
)
def test_what_is_not_the_message_is_refused_with_a_sentence(read, content, sentence):
    with pytest.raises(Refused, match=sentence):
        read(content)


def test_a_status_report_that_breaks_its_schema_is_refused_with_its_line():
    with pytest.raises(Refused, match=r"schemat pain\.002\.001\.03: fel på rad 1"):
        pain002.read(f'<Document xmlns="{xml.ISO}pain.002.001.03"><CstmrPmtStsRpt/></Document>'.encode())


def test_long_codes_become_short_and_stay_apart():
    names = {
        identity.short(code, 12) for code in ("rdk-2018", "digital-coordinators-a", "digital-coordinators-b")
    }
    assert len(names) == 3
    assert max(map(len, names)) <= 12
