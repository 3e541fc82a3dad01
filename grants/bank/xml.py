"""Reads XML that somebody sends us, and says in a sentence what is wrong with it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.metadata import distribution

from lxml import etree

from digikoord.lib.verdict import Refused

MOST_BYTES = 15 * 1024 * 1024
TOO_LARGE = f"Filen är större än {MOST_BYTES // 1024 // 1024} MB. En fil från banken är mindre än så."
QUOTED = 160  # characters of somebody else's words, at most
IDENTITY = 35  # Max35Text, ISO 20022's longest name for a message, an entry or a reference
# No sign, exponent or other digits than our own; trailing zeros as the standard allows
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,5})?")
TOTAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,5})?")
COUNT = re.compile(r"[0-9]{1,15}")
OCR = re.compile(r"[0-9]{2,25}")
DOCTYPE = "Filen har en egen dokumenttyp (DOCTYPE). Sådana filer läses inte in."
ISO = "urn:iso:std:iso:20022:tech:xsd:"
SCHEMAS = {  # where the package `pain001` keeps the public schemas; it is never imported
    "pain.001.001.03": "pain001/templates/pain.001.001.03/pain.001.001.03.xsd",
    "pain.002.001.03": "pain001/pain002/schemas/pain.002.001.03.xsd",
    "pain.002.001.12": "pain001/pain002/schemas/pain.002.001.12.xsd",
}


def parse(content: bytes) -> etree._Element:
    """The root of the document. Refused: what is too large, is not XML, or declares a document type of its own."""
    if not content.strip():
        raise Refused("Filen är tom.")
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    if b"<!DOCTYPE" in content:
        raise Refused(DOCTYPE)
    # Nothing is looked up and nothing is unfolded, whatever the file asks for.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f" (fel på rad {line})" if line else ""
        raise Refused(
            f"Filen går inte att läsa som XML{where}. Den kan vara avbruten, ändrad eller av annat slag."
        ) from error
    if root.getroottree().docinfo.doctype:  # in another encoding
        raise Refused(DOCTYPE)
    return root


def message_of(root: etree._Element) -> str:
    """The name of the message: `pain.002.001.03`. Empty for what is not an ISO 20022 document."""
    name = etree.QName(root)
    if name.localname != "Document" or not (name.namespace or "").startswith(ISO):
        return ""
    return quoted(name.namespace.removeprefix(ISO))


@cache
def schema(message: str) -> etree.XMLSchema:
    path = distribution("pain001").locate_file(SCHEMAS[message])
    return etree.XMLSchema(etree.parse(str(path)))


def require_valid(root: etree._Element, message: str) -> None:
    """Refuse what breaks the message's public schema, with the first fault and its line."""
    rules = schema(message)
    if not rules.validate(root):
        fault = rules.error_log[0]
        text = fault.message.replace(f"{{{ISO}{message}}}", "")
        raise Refused(
            f"Filen följer inte schemat {message}: fel på rad {fault.line}. Schemat säger: {quoted(text)}"
        )


def quoted(text: str) -> str:
    """What a file says, short enough to be read."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def amount(text: str) -> Decimal:
    """Kronor and öre above nought; raises Refused."""
    found = Decimal(text) if AMOUNT.fullmatch(text) else None
    if not found or found != found.quantize(Decimal("0.01")):
        raise Refused(f"”{quoted(text)}” är inget belopp i kronor och ören.")
    return found


def sum_of(text: str) -> Decimal:
    """A sum, which may be nought; raises Refused."""
    if not TOTAL.fullmatch(text):
        raise Refused(f"”{quoted(text)}” är ingen summa i kronor och ören.")
    return Decimal(text)


def day(text: str) -> datetime.date:
    """The day of a date or a moment; raises Refused."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError as error:
        raise Refused(f"”{quoted(text)}” är ingen dag.") from error


def identity(text: str, longest: int = IDENTITY) -> str:
    """What something is called at the bank; raises Refused for what is longer than the standard allows."""
    if len(text) > longest:
        raise Refused(f"”{quoted(text)}” är längre än de {longest} tecken som en referens kan ha.")
    return text


@cache
def _steps(path: str) -> str:
    return "/".join(f"m:{step}" for step in path.split("/"))


class Reader:
    """Finds by path of plain names: `Reader(root).text("GrpHdr/MsgId")`. What prefix the file writes is its own affair."""

    def __init__(self, node: etree._Element, names: dict[str, str] | None = None) -> None:
        self.node = node
        self.names = names or {"m": etree.QName(node).namespace}

    def all(self, path: str) -> list[Reader]:
        return [Reader(node, self.names) for node in self.node.iterfind(_steps(path), self.names)]

    def first(self, path: str) -> Reader | None:
        found = self.node.find(_steps(path), self.names)
        return None if found is None else Reader(found, self.names)

    def text(self, path: str, default: str = "") -> str:
        found = self.node.find(_steps(path), self.names)
        return default if found is None else (found.text or "").strip()

    def any(self, paths: Iterable[str]) -> str:
        """The text at the first of the paths that has any."""
        return next(filter(None, map(self.text, paths)), "")

    def once(self, path: str) -> str:
        """The text at the path; raises Refused where it stands twice: which of them counts is nobody's to guess."""
        found = self.node.findall(_steps(path), self.names)
        if len(found) > 1:
            raise Refused(f"{path} står {len(found)} gånger där det ska stå en gång. Filen kan vara ändrad.")
        return (found[0].text or "").strip() if found else ""

    def attribute(self, path: str, name: str) -> str:
        found = self.node.find(_steps(path), self.names)
        return "" if found is None else found.get(name, "")
