"""pain.002.001.03: the bank's answer to a pain.001. Accepted is not yet paid; settled is.

Source: ISO 20022, CustomerPaymentStatusReport V03.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from digikoord.lib.verdict import Refused

from . import xml

MESSAGE = "pain.002.001.03"
# External code set: what each status means to us
MEANINGS = {
    "RCVD": "accepted",
    "PDNG": "accepted",
    "ACTC": "accepted",
    "ACCP": "accepted",
    "ACWC": "accepted",
    "ACSP": "accepted",
    "ACSC": "paid",
    "RJCT": "failed",
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
    on: datetime.date | None = None
    amount: Decimal | None = None
    currency: str = ""
    account: str = ""

    @property
    def meaning(self):
        return MEANINGS[self.status]


@dataclass(frozen=True)
class Report:
    """The whole answer. `wholes` are (status, reason) that speak for every payment without an answer of its own,
    the nearest to the payments first; `counts` and `totals` what the file says of the list it answers.
    """

    message_id: str
    original_id: str
    wholes: tuple
    counts: tuple
    totals: tuple
    payment_ids: tuple
    answers: tuple


def read(content):
    """The report in the bytes; raises Refused with a sentence."""
    root = xml.parse(content)
    found = xml.message_of(root)
    if found != MESSAGE:
        raise Refused(f"Filen är {found or 'inget ISO 20022-meddelande'}. Här läses {MESSAGE} in.")
    xml.require_valid(root, MESSAGE)
    document = xml.Reader(root)
    report = document.first("CstmrPmtStsRpt")
    group = report.first("OrgnlGrpInfAndSts")
    if not group.text("OrgnlMsgNmId").startswith("pain.001"):
        raise Refused(f"Filen svarar på ett annat slags meddelande: {group.text('OrgnlMsgNmId')}.")
    payments = report.all("OrgnlPmtInfAndSts")
    answers = [answer for row in payments for answer in _answers(row)]
    _require_once(answers)
    told = [group, *payments]
    return Report(
        message_id=report.text("GrpHdr/MsgId"),
        original_id=group.text("OrgnlMsgId"),
        wholes=tuple(_wholes(group, payments)),
        counts=tuple(int(text) for row in told if (text := row.text("OrgnlNbOfTxs"))),
        totals=tuple(Decimal(text) for row in told if (text := row.text("OrgnlCtrlSum"))),
        payment_ids=tuple(row.text("OrgnlPmtInfId") for row in payments),
        answers=tuple(answers),
    )


def _wholes(group, payments):
    """The payment block's own status before the group's."""
    for row, name in [*((row, "PmtInfSts") for row in payments), (group, "GrpSts")]:
        status = row.text(name)
        if status and status != PARTLY:
            _require_known(status)
            yield status, _reason(row)


def _answers(payment):
    inherited = payment.text("PmtInfSts")
    for row in payment.all("TxInfAndSts"):
        status = row.text("TxSts") or inherited
        end_to_end = row.text("OrgnlEndToEndId")
        if not end_to_end:
            raise Refused("Ett svar i filen saknar betalningens identitet (OrgnlEndToEndId).")
        if not status or status == PARTLY:
            raise Refused(f"Svaret om {end_to_end} säger inte hur det gick (TxSts saknas).")
        _require_known(status)
        original = row.first("OrgnlTxRef")
        yield Answer(
            end_to_end=end_to_end,
            status=status,
            reason=_reason(row) or _reason(payment),
            on=xml.day(moment) if (moment := row.text("AccptncDtTm")) else None,
            amount=Decimal(amount) if original and (amount := original.text("Amt/InstdAmt")) else None,
            currency=original.attribute("Amt/InstdAmt", "Ccy") if original else "",
            account=_account(original) if original else "",
        )


def _require_known(status):
    if status not in MEANINGS:
        raise Refused(f"Filen har statusen {status}, som inte är känd. Ingenting har lästs in.")


def _require_once(answers):
    seen = set()
    for row in answers:
        if row.end_to_end in seen:
            raise Refused(f"Filen svarar två gånger om betalning {row.end_to_end}.")
        seen.add(row.end_to_end)


def _reason(row):
    """The reason in words and codes: `AC04 Account closed`."""
    told = []
    for info in row.all("StsRsnInf"):
        told.append(info.text("Rsn/Cd") or info.text("Rsn/Prtry"))
        told += [(part.node.text or "").strip() for part in info.all("AddtlInf")]
    return " ".join(filter(None, told))


def _account(original):
    return original.text("CdtrAcct/Id/Othr/Id") or original.text("CdtrAcct/Id/IBAN")
