"""camt.054: the bank's notification of money that came in. Source: ISO 20022, BankToCustomerDebitCreditNotification."""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

from digikoord.lib.verdict import Refused

from . import xml

MESSAGE = "camt.054.001."
BOOKED = "BOOK"
TRUE = ("true", "1")


@dataclass(frozen=True)
class Deposit:
    """One sum of money that came in, kronor. `bank_reference` is its identity at the bank, where it gives one
    (then it is `named`); else its place in the message."""

    bank_reference: str
    amount: Decimal
    on: datetime.date
    ocr: str
    payer: str
    named: bool = True


@dataclass(frozen=True)
class Notification:
    """`accounts` are giro numbers; an IBAN is left out. `others` counts money that went out: not ours to book."""

    message_id: str
    accounts: tuple
    deposits: tuple
    others: int


def read(content):
    """The notification in the bytes; raises Refused with a sentence."""
    root = xml.parse(content)
    found = xml.message_of(root)
    if not found.startswith(MESSAGE):
        raise Refused(f"Filen är {found or 'inget ISO 20022-meddelande'}. Här läses camt.054 in.")
    whole = xml.Reader(root).first("BkToCstmrDbtCdtNtfctn")
    message_id = xml.identity(whole.text("GrpHdr/MsgId")) if whole else ""
    parts = whole.all("Ntfctn") if whole else []
    if not message_id or not parts:
        raise Refused("Filen saknar meddelandets identitet (MsgId) eller innehåll (Ntfctn).")
    credits, others = [], 0
    for part in parts:
        entries = part.all("Ntry")
        _require_sums(part, entries)
        incoming = [row for row in entries if _is_incoming(row)]
        credits += incoming
        others += len(entries) - len(incoming)
    deposits = [row for entry in credits for row in _deposits(entry)]
    _require_once(deposits)
    deposits = [_identified(row, f"{message_id}#{at}") for at, row in enumerate(deposits, start=1)]
    accounts = tuple(filter(None, (part.text("Acct/Id/Othr/Id") for part in parts)))
    return Notification(message_id, accounts, tuple(deposits), others)


def _require_sums(part, entries):
    """What the file says of itself must agree with what it holds."""
    count, total = part.text("TxsSummry/TtlNtries/NbOfNtries"), part.text("TxsSummry/TtlNtries/Sum")
    if count and (not count.isdecimal() or int(count) != len(entries)):
        raise Refused(f"Filen säger sig ha {count} poster men har {len(entries)}. Den kan vara ändrad.")
    if total and xml.amount(total) != sum((_sum_of(row) for row in entries), start=Decimal(0)):
        raise Refused("Filens slutsumma stämmer inte med dess poster. Den kan vara ändrad.")


def _is_incoming(entry):
    """Booked, and money in; a reversal is not."""
    direction = entry.text("CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        raise Refused("En post i filen säger inte om pengarna kom in eller gick ut (CdtDbtInd).")
    status = entry.text("Sts/Cd") or entry.text("Sts")
    return direction == "CRDT" and status == BOOKED and entry.text("RvslInd") not in TRUE


def _sum_of(entry):
    return _kronor(entry, "Amt")


def _kronor(row, path):
    currency = row.attribute(path, "Ccy")
    if currency != "SEK":
        raise Refused(f"En post är i {xml.quoted(currency) or 'okänd valuta'}. Bara kronor (SEK) läses in.")
    return xml.amount(row.text(path))


def _deposits(entry):
    """The deposits of an entry: one a transaction, or the entry itself where it has none."""
    total, details = _sum_of(entry), entry.all("NtryDtls/TxDtls")
    on = _day(entry)
    reference = xml.identity(entry.text("AcctSvcrRef") or entry.text("NtryRef"))
    if not details:
        return [Deposit(reference, total, on, "", "")]
    rows = [_deposit(row, on, reference, total if len(details) == 1 else None) for row in details]
    if sum(row.amount for row in rows) != total:
        raise Refused(f"Post {reference or on}: delarna blir inte postens belopp. Filen kan vara ändrad.")
    return rows


def _deposit(row, on, entry_reference, only):
    if row.text("CdtDbtInd") == "DBIT":
        raise Refused("En del av en inbetalning i filen är pengar som gick ut. Filen kan vara ändrad.")
    told = next((path for path in ("AmtDtls/TxAmt/Amt", "Amt") if row.text(path)), None)
    if told is None and only is None:
        raise Refused("En inbetalning i filen saknar belopp.")
    references = [row.text(f"Refs/{name}") for name in ("AcctSvcrRef", "TxId", "InstrId", "EndToEndId")]
    own = xml.identity(next((text for text in references if text and text != "NOTPROVIDED"), ""))
    if own and entry_reference and own != entry_reference:
        own = f"{entry_reference}/{own}"
    return Deposit(
        bank_reference=own or (entry_reference if only is not None else ""),
        amount=_kronor(row, told) if told else only,
        on=on,
        ocr=_ocr(row),
        payer=row.text("RltdPties/Dbtr/Nm") or row.text("RltdPties/Dbtr/Pty/Nm"),
    )


def _ocr(row):
    """The structured reference; else a message that is nothing but digits."""
    structured = row.text("RmtInf/Strd/CdtrRefInf/Ref")
    free = row.text("RmtInf/Ustrd")
    text = (structured or free).replace(" ", "")
    if structured:
        return xml.identity(text)
    return text if text.isdecimal() and len(text) <= xml.IDENTITY else ""


def _day(entry):
    for name in ("ValDt/Dt", "ValDt/DtTm", "BookgDt/Dt", "BookgDt/DtTm"):
        text = entry.text(name)
        if text:
            return xml.day(text)
    raise Refused("En post i filen saknar dag (ValDt eller BookgDt).")


def _identified(deposit, otherwise):
    return deposit if deposit.bank_reference else replace(deposit, bank_reference=otherwise, named=False)


def _require_once(deposits):
    seen = set()
    for row in deposits:
        if row.bank_reference and row.bank_reference in seen:
            raise Refused(f"Inbetalningen {row.bank_reference} står två gånger i filen.")
        seen.add(row.bank_reference)
