"""pain.002: the bank's answer to a pain.001. Accepted is not yet paid; settled is.

Source: ISO 20022, CustomerPaymentStatusReport V03, V10 and V12; what differs between them stands in `versions`.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import TypedDict

from digikoord.lib.verdict import Refused

from . import versions, xml

MESSAGE = "pain.002.001.03"  # the version our own exercises are written in
FAMILY = "pain.002"
# External code sets (payment group and payment transaction status): what each means to us
MEANINGS = {
    "RCVD": "accepted",
    "PDNG": "accepted",
    "ACTC": "accepted",
    "ACCP": "accepted",
    "ACWC": "accepted",
    "ACSP": "accepted",
    "ACSC": "paid",
    "ACCC": "paid",  # it has reached the recipient's own account
    "RJCT": "failed",
    "CANC": "failed",
}
PARTLY = "PART"


@dataclass(frozen=True)
class Answer:
    """What the bank says of one payment, and `on` which day it accepted or settled it, if it says so.

    `amount` and `account` as the bank repeats them, if it does.
    """

    end_to_end: str
    status: str
    reason: str = ""
    code: str = ""
    on: datetime.date | None = None
    amount: Decimal | None = None
    currency: str = ""
    account: str = ""

    @property
    def meaning(self) -> str:
        return MEANINGS[self.status]


@dataclass(frozen=True)
class Report:
    """The whole answer. `wholes` are (status, reason, code) that speak for every payment without an answer of its own,
    the nearest to the payments first; `counts` and `totals` what the file says of the list it answers.
    """

    message_id: str
    bank: str
    original_id: str
    wholes: tuple[tuple[str, str, str], ...]
    counts: tuple[int, ...]
    totals: tuple[Decimal, ...]
    payment_ids: tuple[str, ...]
    answers: tuple[Answer, ...]


def read(content: bytes) -> Report:
    """The report in the bytes; raises Refused with a sentence."""
    root = xml.parse(content)
    at = versions.profile(xml.message_of(root), FAMILY)
    if at.schema:
        xml.require_valid(root, at.version)
    report = xml.Reader(root).first("CstmrPmtStsRpt")
    group = report.first("OrgnlGrpInfAndSts") if report else None
    message_id = xml.identity(report.once("GrpHdr/MsgId")) if report else ""
    if not message_id or report is None or group is None:
        raise Refused(
            "Filen saknar meddelandets identitet (MsgId) eller vad den svarar på (OrgnlGrpInfAndSts)."
        )
    if not group.text("OrgnlMsgNmId").startswith("pain.001"):
        raise Refused(
            f"Filen svarar på ett annat slags meddelande: {xml.quoted(group.text('OrgnlMsgNmId')) or 'okänt'}."
        )
    payments = report.all("OrgnlPmtInfAndSts")
    answers = [answer for row in payments for answer in _answers(row, at)]
    _require_once(answers)
    told = [group, *payments]
    return Report(
        message_id=message_id,
        bank=xml.quoted(report.text(at.bank)),
        original_id=group.once("OrgnlMsgId"),
        wholes=tuple(_wholes(group, payments, at)),
        counts=tuple(_count(text) for row in told if (text := row.once("OrgnlNbOfTxs"))),
        totals=tuple(xml.sum_of(text) for row in told if (text := row.once("OrgnlCtrlSum"))),
        payment_ids=tuple(row.once("OrgnlPmtInfId") for row in payments),
        answers=tuple(answers),
    )


def _count(text: str) -> int:
    if not xml.COUNT.fullmatch(text):
        raise Refused(f"”{xml.quoted(text)}” är inget antal betalningar.")
    return int(text)


def _wholes(
    group: xml.Reader, payments: Sequence[xml.Reader], at: SimpleNamespace
) -> Iterator[tuple[str, str, str]]:
    """The payment block's own status before the group's."""
    for row, name in [*((row, "PmtInfSts") for row in payments), (group, "GrpSts")]:
        status = row.once(name)
        if status and status != PARTLY:
            _require_known(status)
            yield status, *_reason(row, at)


def _answers(payment: xml.Reader, at: SimpleNamespace) -> Iterator[Answer]:
    inherited = payment.once("PmtInfSts")
    for row in payment.all("TxInfAndSts"):
        status = next((text for path in at.status if (text := row.once(path))), "") or inherited
        end_to_end = row.once("OrgnlEndToEndId")
        if not end_to_end:
            raise Refused("Ett svar i filen saknar betalningens identitet (OrgnlEndToEndId).")
        if not status or status == PARTLY:
            raise Refused(f"Svaret om {end_to_end} säger inte hur det gick (TxSts saknas).")
        _require_known(status)
        reason, code = _reason(row, at)
        if not reason:
            reason, code = _reason(payment, at)
        yield Answer(
            end_to_end,
            status,
            reason,
            code,
            on=xml.day(moment) if (moment := row.any(at.settled)) else None,
            **_original(row.first("OrgnlTxRef"), at),
        )


class Original(TypedDict, total=False):
    """What the bank repeats of a payment."""

    amount: Decimal
    currency: str
    account: str


def _original(row: xml.Reader | None, at: SimpleNamespace) -> Original:
    """The payment as the bank repeats it, where it does."""
    if row is None or not (amount := row.once(at.amount)):
        return {"account": row.any(at.account)} if row else {}
    return {
        "amount": xml.amount(amount),
        "currency": row.attribute(at.amount, "Ccy"),
        "account": row.any(at.account),
    }


def _require_known(status: str) -> None:
    if status not in MEANINGS:
        raise Refused(f"Filen har statusen {xml.quoted(status)}, som inte är känd. Ingenting har lästs in.")


def _require_once(answers: Iterable[Answer]) -> None:
    seen = set()
    for row in answers:
        if row.end_to_end in seen:
            raise Refused(f"Filen svarar två gånger om betalning {row.end_to_end}.")
        seen.add(row.end_to_end)


def _reason(row: xml.Reader, at: SimpleNamespace) -> tuple[str, str]:
    """(the reason in codes and words: `AC04 Account closed`, the first code)."""
    told, first = [], ""
    for info in row.all("StsRsnInf"):
        code = info.any(at.reason)
        first = first or code
        told += [code, *((part.node.text or "").strip() for part in info.all("AddtlInf"))]
    return " ".join(filter(None, told)), first
