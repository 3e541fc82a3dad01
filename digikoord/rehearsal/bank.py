"""The rehearsal's bank: answers to payment files, and money that comes in, as a bank would write them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from digikoord.lib import clock
from grants.bank import notice, pain002
from grants.bank.xml import ISO

if TYPE_CHECKING:
    from lxml.etree import Element

    from grants.models import PaymentBatch, PaymentBatchLine
    from programmes.models import Programme


DEPOSITS = "camt.054.001.02"


def answer(
    batch: PaymentBatch,
    status: str,
    *,
    on: datetime.date | None = None,
    failed: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """A pain.002 for the batch: `status` for all but `failed`, {end-to-end: (code, reason)}."""
    failed = failed or {}
    root, report = _document(pain002.MESSAGE, "CstmrPmtStsRpt")
    number = batch.answers.count() + 1
    _fill(report, "GrpHdr", MsgId=f"OVNING-SVAR-{batch.message_id}-{number}"[:35], CreDtTm=_moment())
    group = _add(report, "OrgnlGrpInfAndSts")
    _fill(group, None, OrgnlMsgId=batch.message_id, OrgnlMsgNmId="pain.001.001.03")
    _add(group, "GrpSts", "PART" if failed else status)
    payment = _add(report, "OrgnlPmtInfAndSts")
    _add(payment, "OrgnlPmtInfId", batch.message_id)
    for line in batch.lines.all():
        told, reason = failed.get(line.end_to_end, (status, ""))
        _transaction(payment, line, status=told, reason=reason, on=on)
    return _written(root)


def _transaction(
    parent: Element, line: PaymentBatchLine, *, status: str, reason: str, on: datetime.date | None
) -> None:
    row = _add(parent, "TxInfAndSts")
    _fill(row, None, OrgnlEndToEndId=line.end_to_end, TxSts=status)
    if status == "RJCT":
        info = _add(row, "StsRsnInf")
        _fill(info, "Rsn", Cd="AC04")
        _add(info, "AddtlInf", reason)
    elif on:
        _add(row, "AccptncDtTm", f"{on.isoformat()}T12:00:00")
    original = _add(row, "OrgnlTxRef")
    _add(_add(original, "Amt"), "InstdAmt", f"{line.amount:.2f}", Ccy="SEK")


def deposits(programme: Programme, sums: Iterable[tuple[str, Decimal, str]], *, on: datetime.date) -> bytes:
    """A camt.054 with one deposit for each (OCR, amount, payer)."""
    root, whole = _document(DEPOSITS, "BkToCstmrDbtCdtNtfctn")
    number = programme.bank_files.count() + 1
    _fill(whole, "GrpHdr", MsgId=f"OVNING-INBET-{programme.bank_code}-{number}", CreDtTm=_moment())
    part = _add(whole, "Ntfctn")
    _fill(part, None, Id=f"{number}", CreDtTm=_moment())
    own = programme.disburser.payment_accounts.live().first()
    _add(
        _add(_add(_add(part, "Acct"), "Id"), "Othr"), "Id", own.number.replace("-", "") if own else "9900001"
    )
    for position, (ocr, amount, payer) in enumerate(sums, start=1):
        _entry(part, f"{number}-{position}", ocr=ocr, amount=amount, payer=payer, on=on)
    return _written(root)


def _entry(
    parent: Element, reference: str, *, ocr: str, amount: Decimal, payer: str, on: datetime.date
) -> None:
    row = _add(parent, "Ntry")
    _add(row, "Amt", f"{amount:.2f}", Ccy="SEK")
    _fill(row, None, CdtDbtInd="CRDT", Sts=notice.BOOKED)
    _fill(row, "ValDt", Dt=on.isoformat())
    _add(row, "AcctSvcrRef", f"OVNING{on:%Y%m%d}-{reference}")
    _fill(_add(row, "BkTxCd"), "Prtry", Cd="BGINBETALNING")
    details = _add(_add(row, "NtryDtls"), "TxDtls")
    _fill(_add(details, "RltdPties"), "Dbtr", Nm=payer)
    _add(_add(_add(_add(details, "RmtInf"), "Strd"), "CdtrRefInf"), "Ref", ocr)


def _moment() -> str:
    return clock.now().astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _document(message: str, name: str) -> tuple[Element, Element]:
    root = etree.Element(f"{{{ISO}{message}}}Document", nsmap={None: ISO + message})
    return root, _add(root, name)


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    node = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    node.text = text
    return node


def _fill(parent: Element, name: str | None, **texts: str) -> None:
    node = _add(parent, name) if name else parent
    for key, text in texts.items():
        _add(node, key, text)


def _written(root: Element) -> bytes:
    root.insert(0, etree.Comment(f" {clock.mark()} "))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written
