"""Giro numbers as they are typed, and as they are written."""

from django import forms
from stdnum import luhn

from ..models import Giro

LENGTHS = {Giro.BANKGIRO: (7, 8), Giro.PLUSGIRO: (2, 8)}


def checked_number(giro: Giro, text: str) -> str:
    """The number with its hyphen: `5052-5781`, `123456-6`. ValidationError where it cannot be one."""
    digits = text.replace("-", "").replace(" ", "")
    least, most = LENGTHS[giro]
    if not digits.isascii() or not digits.isdecimal() or not least <= len(digits) <= most:
        raise forms.ValidationError(f"{giro.label} har {least}–{most} siffror.")
    if not luhn.is_valid(digits):
        raise forms.ValidationError(f"Kontrollsiffran stämmer inte. Läs {giro.label.lower()}numret igen.")
    tail = 4 if giro == Giro.BANKGIRO else 1
    return f"{digits[:-tail]}-{digits[-tail:]}"
