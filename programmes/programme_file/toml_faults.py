"""What tomllib says of a faulty file, in Swedish."""

import re
import tomllib

# The beginnings of its sentences; what is not among them is only said to be wrong, with its place.
REASONS = {
    "Cannot overwrite a value": "nyckeln står två gånger",
    "Cannot declare": "tabellen står två gånger",
    "Cannot redefine": "tabellen står två gånger",
    "Cannot mutate": "tabellen står två gånger",
    "Duplicate inline table key": "nyckeln står två gånger",
    "Expected '='": "efter nyckeln ska stå ett likhetstecken",
    "Expected ']'": "hakparentesen är inte stängd",
    "Unclosed array": "listan är inte stängd",
    "Unclosed inline table": "tabellen inom klamrar är inte stängd",
    "Unterminated string": "texten är inte avslutad med citattecken",
    "Expected newline or end of document": "raden har något mer efter värdet",
    "Invalid value": "värdet går inte att läsa; text ska stå inom citattecken",
    "Invalid date or datetime": "dagen finns inte",
    "Invalid statement": "raden går inte att läsa",
    "Illegal character": "texten innehåller ett otillåtet tecken; står citattecknen rätt?",
    "Unescaped": "ett omvänt snedstreck saknar sitt tecken",
}


def told(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, str]:
    """(where, sentence) of a `TOMLDecodeError`; `text` is the file's."""
    said = str(error)
    place = re.search(r"at line (\d+), column (\d+)", said)
    line, column = place.groups() if place else (text.count("\n") + 1, None)
    reason = next((swedish for begins, swedish in REASONS.items() if said.startswith(begins)), None)
    where = f"tecken {column}" if column else "i slutet"
    return f"rad {line}", f"Filen är inte giltig TOML: {reason or 'raden går inte att läsa'} ({where})."
