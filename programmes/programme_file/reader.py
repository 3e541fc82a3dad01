import tomllib
from decimal import Decimal
from pathlib import Path

from . import toml_faults
from .build import DIGITS, build
from .faults import Fault, Faults
from .rules import check
from .shape import ProgrammeFile


def read(source: Path | str) -> ProgrammeFile:
    """The programme in a file (`Path`) or a text (`str`). Raises `Faults` with every error at once."""
    table = _parse(_text(source))
    faults: list[Fault] = []
    programme_file = build(ProgrammeFile, table, "", faults)
    faults.extend(check(programme_file))
    if faults:
        raise Faults(faults)
    return programme_file


def _text(source: Path | str) -> str:
    if isinstance(source, str):
        return source
    try:
        return Path(source).read_text(encoding="utf-8")
    except OSError:
        raise Faults([Fault(str(source), "Filen finns inte eller går inte att läsa.")]) from None
    except UnicodeDecodeError as error:
        raise Faults([Fault(str(source), f"Filen är inte UTF-8 (byte {error.start}).")]) from None


def _parse(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"), parse_float=_figure)
    except tomllib.TOMLDecodeError as error:
        raise Faults([Fault(*toml_faults.told(error, text))]) from None


def _figure(text: str) -> Decimal:
    """A number with decimals; with an exponent it is no amount that a lawyer reads, and is refused as such."""
    value = Decimal(text)
    small = not value.is_finite() or value.adjusted() <= DIGITS
    return Decimal("NaN") if "e" in text.lower() and small else value
