from .ledger_check import LedgerCheck

__all__ = [
    "LedgerCheck",
]
