"""Kronor as Decimal, and how they are written in Swedish."""

from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

ZERO = Decimal("0.00")
ORE = Decimal("0.01")
NBSP = "\u00a0"


def rounded(value: Decimal | int) -> Decimal:
    """To the öre, half up as in Swedish accounting."""
    return Decimal(value).quantize(ORE, ROUND_HALF_UP)


def amount(value: Decimal | int | None) -> str:
    """`10 500 000` with no-break spaces; öre only where there are any; "–" for None."""
    if value is None:
        return "–"
    value = rounded(value)
    whole = f"{abs(int(value)):,}".replace(",", NBSP)
    ore = abs(value) % 1
    sign = "−" if value < 0 else ""
    return f"{sign}{whole}" + (f",{int(ore * 100):02d}" if ore else "")


def kr(value: Decimal | int | None) -> str:
    """`10 500 000 kr`."""
    return "–" if value is None else f"{amount(value)}{NBSP}kr"


def in_words(value: Decimal | int) -> str:
    """The amount spelled out, for the page where it is confirmed."""
    value = rounded(value)
    ore = int(abs(value) % 1 * 100)
    sign = "minus " if value < 0 else ""
    whole = abs(int(value))
    kronor = "en krona" if whole == 1 else f"{counted(whole)} kronor"
    return f"{sign}{kronor}" + (f" och {counted(ore)} öre" if ore else "")


def counted(number: int) -> str:
    """A whole number spelled out: `en miljon ett tusen`. Swedish never writes a letter three times in a row, so one
    thousand is two words; so is any number of thousands that ends in one.
    """
    millions, rest = divmod(number, 1_000_000)
    thousands, units = divmod(rest, 1_000)
    words: list[str] = [num2words(millions * 1_000_000, lang="sv")] if millions else []
    if thousands:
        told = num2words(thousands, lang="sv")
        words.append(f"{told} tusen" if told.endswith("ett") else f"{told}tusen")
    if units or not words:
        words.append(num2words(units, lang="sv"))
    return " ".join(words)
