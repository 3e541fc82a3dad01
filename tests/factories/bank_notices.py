"""camt.054 and pain.002 as a bank may write them, in any of the versions that are read: small builders for tables of cases."""

import datetime
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count

from digikoord.lib.clock import standing_at
from grants.actions import bank_answers, bank_deposits, payment_accounts, settlements
from grants.bank.xml import ISO
from grants.lifecycle.payment import Status
from grants.models import AccountLine, Payment, RepaymentClaim, Tranche

from . import at

OWN = "5050-1055"
DAY = at.PAYING
NUMBERS = count(1)
CLAIMED = Decimal(1000)


@dataclass(frozen=True)
class Tx:
    """A transaction of an entry; what is None is not written."""

    amount: object = None
    ocr: str | None = None
    text: str | None = None
    party: str | None = "Region Västra"
    refs: dict = field(default_factory=dict)
    returned: str | None = None
    direction: str | None = None


@dataclass(frozen=True)
class Entry:
    """An entry of a camt.054: its own amount, and its transactions (none: the entry alone)."""

    amount: object = Decimal(100)
    direction: str = "CRDT"
    reversal: bool = False
    status: str = "BOOK"
    day: datetime.date = DAY
    refs: dict = field(default_factory=dict)
    code: str | None = None
    parts: tuple = (Tx(),)


def received(amount, ocr=None, **changes):
    """One sum that came in, with a name of its own at the bank."""
    given = {"refs": {"AcctSvcrRef": f"BANK{next(NUMBERS)}"}, **changes}
    tx = {name: given.pop(name) for name in ("text", "party", "returned") if name in given}
    ids = given.pop("ids", {})
    return Entry(amount=Decimal(amount), parts=(Tx(ocr=ocr, refs=ids, **tx),), **given)


def reversed_(entry, **changes):
    """The bank takes back the entry, under the same names unless others are given."""
    return replace(entry, **{"direction": "DBIT", "reversal": True, **changes})


def camt(*entries, version="02", account=OWN, scheme="BGNR", iban=None, message=None, prefix=""):
    """The message as bytes. `prefix` writes every name with a prefix of its namespace."""
    new = version == "08"
    body = "".join(_entry(entry, new) for entry in entries)
    if iban:
        own = f"<IBAN>{iban}</IBAN>"
    else:
        named = f"<SchmeNm><Prtry>{scheme}</Prtry></SchmeNm>" if scheme else ""
        own = f"<Othr><Id>{account}</Id>{named}</Othr>"
    bank = "BICFI" if new else "BIC"
    told = f"<Acct><Id>{own}</Id><Svcr><FinInstnId><{bank}>ESSESESS</{bank}></FinInstnId></Svcr></Acct>"
    whole = f"<Ntfctn><Id>1</Id>{told if account or iban else ''}{body}</Ntfctn>"
    header = f"<GrpHdr><MsgId>{message or f'CAMT{next(NUMBERS)}'}</MsgId></GrpHdr>"
    return document(
        f"camt.054.001.{version}", f"<BkToCstmrDbtCdtNtfctn>{header}{whole}</BkToCstmrDbtCdtNtfctn>", prefix
    )


def document(message, inside, prefix=""):
    text = f"<Document>{inside}</Document>"
    if prefix:
        text = text.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
    space = f'xmlns{":" if prefix else ""}{prefix}="{ISO}{message}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{text.replace("Document", f"Document {space}", 1)}'.encode()
    )


def _entry(entry, new):
    status = f"<Sts><Cd>{entry.status}</Cd></Sts>" if new else f"<Sts>{entry.status}</Sts>"
    reversal = "<RvslInd>true</RvslInd>" if entry.reversal else ""
    names = dict(entry.refs)
    first, last = names.pop("NtryRef", None), names.pop("AcctSvcrRef", None)
    code = (
        f"<Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>{entry.code}</SubFmlyCd></Fmly></Domn>"
        if entry.code
        else ""
    )
    parts = "".join(_tx(tx, new) for tx in entry.parts)
    return (
        f'<Ntry>{_named("NtryRef", first)}<Amt Ccy="SEK">{entry.amount}</Amt>'
        f"<CdtDbtInd>{entry.direction}</CdtDbtInd>{reversal}{status}"
        f"<ValDt><Dt>{entry.day}</Dt></ValDt>{_named('AcctSvcrRef', last)}<BkTxCd>{code}</BkTxCd>"
        f"{f'<NtryDtls>{parts}</NtryDtls>' if parts else ''}</Ntry>"
    )


def _tx(tx, new):
    refs = "".join(_named(name, value) for name, value in tx.refs.items())
    amount = ""
    if tx.amount is not None:
        told = f'<Amt Ccy="SEK">{tx.amount}</Amt>'
        amount = told if new else f"<AmtDtls><TxAmt>{told}</TxAmt></AmtDtls>"
    name = f"<Nm>{tx.party}</Nm>"
    party = f"<Dbtr>{f'<Pty>{name}</Pty>' if new else name}</Dbtr>" if tx.party else ""
    remittance = _named("Ustrd", tx.text)
    if tx.ocr:
        remittance += f"<Strd><CdtrRefInf><Ref>{tx.ocr}</Ref></CdtrRefInf></Strd>"
    returned = f"<RtrInf><Rsn><Cd>{tx.returned}</Cd></Rsn></RtrInf>" if tx.returned else ""
    return (
        f"<TxDtls><Refs>{refs}</Refs>{amount}{_named('CdtDbtInd', tx.direction)}<RltdPties>{party}</RltdPties>"
        f"<RmtInf>{remittance}</RmtInf>{returned}</TxDtls>"
    )


def _named(name, value):
    return f"<{name}>{value}</{name}>" if value else ""


def pain(batch, *, version="03", group=None, block=None, rows=(), message=None, prefix="", **told):
    """A pain.002 on the payment list. `rows` are (end-to-end, status, code, what more stands there)."""
    header = f"<GrpHdr><MsgId>{message or f'PAIN{next(NUMBERS)}'}</MsgId><CreDtTm>2018-11-01T12:00:00</CreDtTm></GrpHdr>"
    original = f"<OrgnlMsgId>{told.get('original', batch.message_id)}</OrgnlMsgId>"
    original += "<OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>"
    original += _named("OrgnlNbOfTxs", told.get("number")) + _named("OrgnlCtrlSum", told.get("total"))
    whole = f"<OrgnlGrpInfAndSts>{original}{_named('GrpSts', group)}</OrgnlGrpInfAndSts>"
    if rows or block:
        inner = "".join(_answer(*row) for row in rows)
        whole += (
            f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch.message_id}</OrgnlPmtInfId>{_named('PmtInfSts', block)}"
            f"{inner}</OrgnlPmtInfAndSts>"
        )
    return document(f"pain.002.001.{version}", f"<CstmrPmtStsRpt>{header}{whole}</CstmrPmtStsRpt>", prefix)


def _answer(end_to_end, status, code=None, more=""):
    reason = f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf>" if code else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{end_to_end}</OrgnlEndToEndId>{_named('TxSts', status)}{reason}{more}"
        "</TxInfAndSts>"
    )


@dataclass
class BankWorld:
    """One recipient paid and asked to pay back a thousand kronor, and an account to do it to."""

    walk: object
    claim: object
    payment: object

    @property
    def programme(self):
        return self.walk.programme

    def take_in(self, content, who=3):
        with standing_at(DAY):
            return bank_deposits.take_in(
                self.programme, by=self.walk.payer(who), name="in.xml", content=content
            )

    def answer(self, batch, content, who=3):
        with standing_at(DAY):
            return bank_answers.take_in(batch, by=self.walk.payer(who), name="svar.xml", content=content)

    def now(self):
        return RepaymentClaim.objects.get(pk=self.claim.pk)

    @contextmanager
    def day(self):
        with standing_at(DAY):
            yield


def begin(*, checked=True):
    """Paid, the account accepted but for a thousand kronor, and (`checked`) the authority's own bankgiro verified."""
    walk, row = at.payment_at(Status.PAID)
    with standing_at(DAY):
        if checked:
            own_account(walk)
        line = AccountLine(
            code="salaries", name="Löner", reported=row.amount, accepted=row.amount - CLAIMED, reason="Fel."
        )
        settlements.accept_account(Tranche.objects.get(pk=row.tranche.pk), by=walk.payer(3), lines=[line])
    return BankWorld(walk, RepaymentClaim.objects.get(), Payment.objects.get(pk=row.pk))


def own_account(walk):
    """The paying authority's bankgiro for what is repaid, checked by another person."""
    own = walk.programme.disburser
    row = payment_accounts.enter(own, by=walk.payer(1), giro="bankgiro", number=OWN)
    return payment_accounts.verify(row, by=walk.payer(2), disburser=own, evidence="Bankgirots register")
