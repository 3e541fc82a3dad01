"""camt.054: the bank's notification of money that came in or went out, line by line.

Source: ISO 20022, BankToCustomerDebitCreditNotification V02 and V08; what differs between them stands in `versions`.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import TypedDict, cast

from digikoord.lib.verdict import Refused

from . import versions, xml
from .notice import GIVEN, OWN, SHARED, Account, Line, Notification

MESSAGE = "camt.054"
RETURN = "RRTN"  # the family code of a payment that comes back
TRUE = ("true", "1")
DIRECTIONS = {"CRDT": True, "DBIT": False}
REFERENCES = {
    "AcctSvcrRef": OWN,
    "TxId": OWN,
    "UETR": OWN,
    "ClrSysRef": GIVEN,
    "EndToEndId": GIVEN,
    "InstrId": GIVEN,
}
UETR_LENGTH = 36
NAMELESS = ("", "NOTPROVIDED", "NOTAVAILABLE", "NONREF")


def read(content: bytes) -> Notification:
    """The notification in the bytes; raises Refused with a sentence."""
    root = xml.parse(content)
    at = versions.profile(xml.message_of(root), MESSAGE)
    whole = xml.Reader(root).first("BkToCstmrDbtCdtNtfctn")
    message_id = xml.identity(whole.once("GrpHdr/MsgId")) if whole else ""
    parts = whole.all("Ntfctn") if whole else []
    if not message_id or not parts:
        raise Refused("Filen saknar meddelandets identitet (MsgId) eller innehåll (Ntfctn).")
    lines, entries = [], 0
    for part in parts:
        account, rows = _account(part, at), part.all("Ntry")
        _require_sums(part, rows)
        for entry in rows:
            entries += 1
            lines += _lines(entry, at, account=account, entry=entries)
    lines = [replace(row, number=number) for number, row in enumerate(lines, start=1)]
    bank = next(filter(None, (part.text(at.bank) for part in parts)), "")
    return Notification(message_id, xml.quoted(bank), tuple(lines))


def _account(part: xml.Reader, at: SimpleNamespace) -> Account:
    other = part.first(at.account)
    return Account(
        number=other.text("Id") if other else "",
        scheme=other.any(("SchmeNm/Cd", "SchmeNm/Prtry")) if other else "",
        iban=part.text(at.iban),
    )


def _require_sums(part: xml.Reader, entries: Sequence[xml.Reader]) -> None:
    """What the file says of itself must agree with what it holds."""
    count, total = part.text("TxsSummry/TtlNtries/NbOfNtries"), part.text("TxsSummry/TtlNtries/Sum")
    if count and not (xml.COUNT.fullmatch(count) and int(count) == len(entries)):
        raise Refused(
            f"Filen säger sig ha {xml.quoted(count)} poster men har {len(entries)}. Den kan vara ändrad."
        )
    if total and xml.sum_of(total) != sum((_kronor(row, "Amt") for row in entries), start=Decimal(0)):
        raise Refused("Filens slutsumma stämmer inte med dess poster. Den kan vara ändrad.")


def _kronor(row: xml.Reader, path: str) -> Decimal:
    currency = row.attribute(path, "Ccy")
    if currency != "SEK":
        raise Refused(f"En post är i {xml.quoted(currency) or 'okänd valuta'}. Bara kronor (SEK) läses in.")
    return xml.amount(row.once(path))


class Given(TypedDict):
    """What an entry says, of all its parts."""

    account: Account
    entry: int
    number: int
    credit: bool
    reversal: bool
    status: str
    on: datetime.date
    returned: bool


def _lines(row: xml.Reader, at: SimpleNamespace, *, account: Account, entry: int) -> list[Line]:
    """The lines of an entry: one a transaction, or the entry itself where it has none."""
    total, details = _kronor(row, "Amt"), row.all("NtryDtls/TxDtls")
    given: Given = {
        "account": account,
        "entry": entry,
        "number": 0,
        "credit": _direction(row),
        "reversal": row.once("RvslInd").lower() in TRUE,
        "status": row.once(at.status),
        "on": _day(row, at),
        "returned": row.text(at.code) == RETURN,
    }
    shared = {xml.identity(row.text("NtryRef")): SHARED}
    # Of one transaction alone, the entry's name at the bank is the transaction's.
    shared[xml.identity(row.text("AcctSvcrRef"))] = SHARED if len(details) > 1 else OWN
    if not details:
        text = row.text("AddtlNtryInf")[: xml.QUOTED]
        return [Line(amount=total, text=text, references=_named(shared), **given)]
    parts = [_line(part, at, given, total if len(details) == 1 else None) for part in details]
    _require_whole(parts, total, given)
    return _told_apart(parts, shared)


def _direction(row: xml.Reader, otherwise: bool | None = None) -> bool:
    told = row.once("CdtDbtInd")
    if told in DIRECTIONS:
        return DIRECTIONS[told]
    if told or otherwise is None:
        raise Refused("En post i filen säger inte om pengarna kom in eller gick ut (CdtDbtInd).")
    return otherwise


def _day(entry: xml.Reader, at: SimpleNamespace) -> datetime.date:
    text = entry.any(at.day)
    if not text:
        raise Refused("En post i filen saknar dag (ValDt eller BookgDt).")
    return xml.day(text)


def _line(row: xml.Reader, at: SimpleNamespace, given: Given, only: Decimal | None) -> Line:
    told = next((path for path in at.amount if row.text(path)), None)
    if told is None and only is None:
        raise Refused("En transaktion i filen saknar belopp.")
    references: dict[str, str] = {}
    for name, weight in REFERENCES.items():
        longest = UETR_LENGTH if name == "UETR" else xml.IDENTITY
        references.setdefault(xml.identity(row.text(f"Refs/{name}"), longest), weight)
    credit = _direction(row, given["credit"])
    ocr, text = _remittance(row, at)
    code, parties = row.any(at.returned), (at.debtor, at.creditor)
    returned = given["returned"] or bool(code) or row.text(at.code) == RETURN
    own: Given = {**given, "credit": credit, "returned": returned}
    return Line(
        **own,
        amount=_kronor(row, told) if told else cast("Decimal", only),
        ocr=ocr,
        text=text,
        party=row.any(parties if credit or given["reversal"] else parties[::-1]),
        references=_named(references),
        end_to_end=row.text("Refs/EndToEndId"),
        instruction=tuple(filter(None, (row.text("Refs/PmtInfId"), row.text("Refs/MsgId")))),
        code=code[:10],
    )


def _remittance(row: xml.Reader, at: SimpleNamespace) -> tuple[str, str]:
    """(the OCR, every word of the message). The OCR is the structured reference; else a message of nothing but
    digits. Two different ones are none: which is meant is for somebody to say.
    """
    structured = {xml.identity(_closed(one.node.text)) for one in row.all(at.structured)}
    free = [(one.node.text or "").strip() for one in row.all(at.free)]
    text = " ".join(filter(None, [*sorted(structured), *free, row.text("AddtlTxInf")]))[:500]
    found = structured or {_closed(line) for line in free if xml.OCR.fullmatch(_closed(line))}
    return (next(iter(found)) if len(found) == 1 else ""), text


def _closed(text: str | None) -> str:
    return "".join((text or "").split())


def _require_whole(rows: Sequence[Line], total: Decimal, given: Given) -> None:
    """The parts are the entry's amount; a part in the other direction counts against it."""
    if sum(row.amount if row.credit == given["credit"] else -row.amount for row in rows) == total:
        return
    against = any(row.credit != given["credit"] for row in rows)
    what = "En del är pengar som gick ut, eller tvärtom. " if against else ""
    raise Refused(
        f"En post den {given['on']}: delarna blir inte postens belopp. {what}Filen kan vara ändrad."
    )


def _told_apart(rows: Sequence[Line], shared: Mapping[str, str]) -> list[Line]:
    """The parts with their names. What several parts of an entry are called alike tells none of them apart; and what
    stands twice, word for word under one name, is marked.
    """
    counted = Counter(value for row in rows for value, _weight in row.references)
    told, seen = [], set()
    for row in rows:
        same = (row.amount, row.credit, row.ocr, row.text, row.party, row.references)
        twice = bool(row.references) and same in seen
        seen.add(same)
        own = {value: SHARED if counted[value] > 1 else weight for value, weight in row.references}
        told.append(
            replace(
                row, references=_named(own | {k: v for k, v in shared.items() if k not in own}), twice=twice
            )
        )
    return told


def _named(references: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((value, weight) for value, weight in references.items() if value.upper() not in NAMELESS)
