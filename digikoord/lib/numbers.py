"""Numbers as people type them in Swedish: `500000`, `500 000`, `12,50`. One reading for forms, workbooks and files.

What can be meant in two ways is no number: `1.000` is a thousand to one reader and one to another. Nor is what only
computers write (`1e6`, `Infinity`), nor digits of other scripts, however Python reads them.
"""

import re
from decimal import Decimal

# Between thousands: the space bar's, and the ones that text is set with (no-break, narrow, thin)
SPACES = " \u00a0\u202f\u2009"
TYPED = re.compile(
    rf"(?P<sign>[-\u2212]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+)(?:(?P<mark>[.,])(?P<decimals>[0-9]+))?"
)
LONGEST = 60  # characters; longer is no number that anybody means


class NotANumber(ValueError):
    """The text is no number, or could be two."""


def typed(text: str) -> Decimal:
    """The Decimal that somebody typed, with the decimals they typed. Raises NotANumber."""
    text = text.strip()
    found = TYPED.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or (found["mark"] == "." and len(found["decimals"]) == 3):
        raise NotANumber(text)
    whole = "".join(sign for sign in found["whole"] if sign not in SPACES)
    sign = "-" if found["sign"] else ""
    return Decimal(f"{sign}{whole}" + (f".{found['decimals']}" if found["decimals"] else ""))
