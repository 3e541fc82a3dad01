"""pain.001.001.03: credit transfers in kronor to giro numbers, handed to the bank.

Source: ISO 20022, CustomerCreditTransferInitiation V03. The same order gives the same bytes.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from digikoord.lib.verdict import Refused

from . import xml
from .profile import SWEDISH, BankProfile

MESSAGE = "pain.001.001.03"
NAME_LENGTH = 70
REMITTANCE_LENGTH = 140


@dataclass(frozen=True)
class Account:
    """A giro account."""

    kind: str
    number: str

    @property
    def digits(self) -> str:
        return "".join(filter(str.isdecimal, self.number))


@dataclass(frozen=True)
class Party:
    name: str
    org_nr: str = ""


@dataclass(frozen=True)
class Transfer:
    """One payment. Amount in kronor."""

    end_to_end: str
    amount: Decimal
    to: Party
    account: Account
    remittance: str


@dataclass(frozen=True)
class Order:
    """What the bank is asked to do, on `execute_on`. `mark` is said in the file when it is an exercise."""

    message_id: str
    created: datetime.datetime
    execute_on: datetime.date
    debtor: Party
    account: Account
    bic: str
    transfers: tuple[Transfer, ...]
    mark: str = ""

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.transfers), start=Decimal("0.00"))


def write(order: Order, profile: BankProfile = SWEDISH) -> bytes:
    """The message as bytes, valid by the public schema; raises Refused where it would not be, or says not whose money it is."""
    _require_sender(order)
    root = etree.Element(f"{{{xml.ISO}{MESSAGE}}}Document", nsmap={None: xml.ISO + MESSAGE})
    initiation = _add(root, "CstmrCdtTrfInitn")
    _header(initiation, order)
    _payment(initiation, order, profile)
    xml.require_valid(root, MESSAGE)
    if order.mark:
        root.insert(0, etree.Comment(f" {order.mark} "))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _require_sender(order: Order) -> None:
    lacking = [
        what
        for what, value in (
            ("avsändarens namn", order.debtor.name),
            ("avsändarens organisationsnummer", order.debtor.org_nr),
            ("kontot som betalningarna görs från", order.account.digits),
        )
        if not value
    ]
    if lacking:
        raise Refused(f"Betalningsfilen saknar {', '.join(lacking)}. Den skapas inte.")


def read(content: bytes) -> dict[str, tuple[Decimal, str, str]]:
    """{end-to-end identity: (amount, account's digits, remittance)} of what `write` has written."""
    rows = xml.Reader(xml.parse(content)).all("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf")
    return {
        row.text("PmtId/EndToEndId"): (
            Decimal(row.text("Amt/InstdAmt")),
            row.text("CdtrAcct/Id/Othr/Id"),
            row.text("RmtInf/Ustrd"),
        )
        for row in rows
    }


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    node = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    node.text = text
    return node


def _header(parent: etree._Element, order: Order) -> None:
    header = _add(parent, "GrpHdr")
    _add(header, "MsgId", order.message_id)
    _add(header, "CreDtTm", order.created.strftime("%Y-%m-%dT%H:%M:%S"))
    _totals(header, order)
    _party(_add(header, "InitgPty"), order.debtor)


def _totals(parent: etree._Element, order: Order) -> None:
    _add(parent, "NbOfTxs", str(len(order.transfers)))
    _add(parent, "CtrlSum", f"{order.total:.2f}")


def _party(node: etree._Element, party: Party) -> None:
    _add(node, "Nm", party.name[:NAME_LENGTH].strip())
    digits = "".join(filter(str.isdecimal, party.org_nr))
    if digits:
        _add(_add(_add(_add(node, "Id"), "OrgId"), "Othr"), "Id", digits)


def _payment(parent: etree._Element, order: Order, profile: BankProfile) -> None:
    payment = _add(parent, "PmtInf")
    _add(payment, "PmtInfId", order.message_id)
    _add(payment, "PmtMtd", "TRF")
    _totals(payment, order)
    _add(_add(_add(payment, "PmtTpInf"), "SvcLvl"), "Cd", profile.service_level)
    _add(payment, "ReqdExctnDt", order.execute_on.isoformat())
    _party(_add(payment, "Dbtr"), order.debtor)
    debtor_account = _add(payment, "DbtrAcct")
    _account(debtor_account, order.account, profile)
    _add(debtor_account, "Ccy", profile.currency)
    institution = _add(_add(payment, "DbtrAgt"), "FinInstnId")
    if order.bic:
        _add(institution, "BIC", order.bic)
    else:
        _member(institution, order.account, profile)
    for row in order.transfers:
        _transfer(payment, row, profile)


def _account(node: etree._Element, account: Account, profile: BankProfile) -> None:
    other = _add(_add(node, "Id"), "Othr")
    _add(other, "Id", account.digits)
    giro = profile.giro(account.kind)
    _add(_add(other, "SchmeNm"), giro.scheme, giro.code)


def _member(institution: etree._Element, account: Account, profile: BankProfile) -> None:
    """The institution as the clearing knows it: the giro that the account is of."""
    member = _add(institution, "ClrSysMmbId")
    _add(_add(member, "ClrSysId"), "Cd", profile.clearing_system)
    _add(member, "MmbId", profile.giro(account.kind).member)


def _transfer(parent: etree._Element, row: Transfer, profile: BankProfile) -> None:
    node = _add(parent, "CdtTrfTxInf")
    _add(_add(node, "PmtId"), "EndToEndId", row.end_to_end)
    _add(_add(node, "Amt"), "InstdAmt", f"{row.amount:.2f}", Ccy=profile.currency)
    _member(_add(_add(node, "CdtrAgt"), "FinInstnId"), row.account, profile)
    _party(_add(node, "Cdtr"), row.to)
    _account(_add(node, "CdtrAcct"), row.account, profile)
    _add(_add(node, "RmtInf"), "Ustrd", row.remittance[:REMITTANCE_LENGTH])
