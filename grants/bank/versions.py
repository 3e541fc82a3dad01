"""Which versions of the bank's messages are read, and where each says what: one table, and what differs named in it.

A path is of plain names, from the node it is read at; several are tried in turn.
Source: ISO 20022, CustomerPaymentStatusReport V03, V10, V12; BankToCustomerDebitCreditNotification V02, V08.
"""

from types import SimpleNamespace

from digikoord.lib.verdict import Refused

COMMON: dict[str, dict[str, str | tuple[str, ...]]] = {
    "pain.002": {
        "status": ("TxSts",),
        "reason": ("Rsn/Cd", "Rsn/Prtry"),
        "settled": ("AccptncDtTm",),
        "amount": "Amt/InstdAmt",
        "account": ("CdtrAcct/Id/Othr/Id", "CdtrAcct/Id/IBAN"),
    },
    "camt.054": {
        "account": "Acct/Id/Othr",
        "iban": "Acct/Id/IBAN",
        "day": ("ValDt/Dt", "ValDt/DtTm", "BookgDt/Dt", "BookgDt/DtTm"),
        "amount": ("Amt", "AmtDtls/TxAmt/Amt"),
        "code": "BkTxCd/Domn/Fmly/SubFmlyCd",
        "returned": ("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
        "structured": "RmtInf/Strd/CdtrRefInf/Ref",
        "free": "RmtInf/Ustrd",
    },
}
# What differs between the versions, and nothing else
OLD_BANK, NEW_BANK = "FinInstnId/BIC", "FinInstnId/BICFI"
DIFFERS: dict[str, dict[str, str | bool]] = {
    "pain.002.001.03": {"bank": f"GrpHdr/DbtrAgt/{OLD_BANK}", "schema": True},
    "pain.002.001.10": {"bank": f"GrpHdr/DbtrAgt/{NEW_BANK}", "schema": False},
    "pain.002.001.12": {"bank": f"GrpHdr/DbtrAgt/{NEW_BANK}", "schema": True},
    "camt.054.001.02": {
        "bank": f"Acct/Svcr/{OLD_BANK}",
        "status": "Sts",
        "debtor": "RltdPties/Dbtr/Nm",
        "creditor": "RltdPties/Cdtr/Nm",
    },
    "camt.054.001.08": {
        "bank": f"Acct/Svcr/{NEW_BANK}",
        "status": "Sts/Cd",
        "debtor": "RltdPties/Dbtr/Pty/Nm",
        "creditor": "RltdPties/Cdtr/Pty/Nm",
    },
}
PROFILES = {
    version: SimpleNamespace(version=version, **COMMON[version.partition(".001.")[0]], **own)
    for version, own in DIFFERS.items()
}


def profile(found: str, family: str) -> SimpleNamespace:
    """Where the message of this name says what; raises Refused where it is no version that is read."""
    known = [version for version in PROFILES if version.startswith(f"{family}.")]
    if found not in known:
        *but, last = known
        raise Refused(
            f"Filen är {found or 'inget ISO 20022-meddelande'}. Här läses {', '.join(but)} och {last} in."
        )
    return PROFILES[found]
