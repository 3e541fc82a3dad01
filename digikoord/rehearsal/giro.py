"""Fictional bankgiro numbers with a right check digit."""

from stdnum import luhn


def bankgiro(seed: int) -> str:
    """`999-NNNC`-like numbers: the series is ours, the check digit is real."""
    base = f"99{seed:05d}"
    digits = base + luhn.calc_check_digit(base)
    return f"{digits[:-4]}-{digits[-4:]}"
