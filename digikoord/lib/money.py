"""Kronor as Decimal, and how they are written in Swedish."""

from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

ZERO = Decimal("0.00")
ORE = Decimal("0.01")
NBSP = "\u00a0"


def rounded(value):
    """To the öre, half up as in Swedish accounting."""
    return Decimal(value).quantize(ORE, ROUND_HALF_UP)


def amount(value):
    """`10 500 000` with no-break spaces; öre only where there are any; "–" for None."""
    if value is None:
        return "–"
    value = rounded(value)
    whole = f"{abs(int(value)):,}".replace(",", NBSP)
    ore = abs(value) % 1
    sign = "−" if value < 0 else ""
    return f"{sign}{whole}" + (f",{int(ore * 100):02d}" if ore else "")


def kr(value):
    """`10 500 000 kr`."""
    return "–" if value is None else f"{amount(value)}{NBSP}kr"


def in_words(value):
    """The amount spelled out, for the page where it is confirmed."""
    value = rounded(value)
    words = num2words(int(value), lang="sv")
    ore = int(abs(value) % 1 * 100)
    return f"{words} kronor" + (f" och {num2words(ore, lang='sv')} öre" if ore else "")
