"""Reads XML that somebody sends us, and says in a sentence what is wrong with it."""

import datetime
import re
from decimal import Decimal
from functools import cache
from importlib.metadata import distribution

from lxml import etree

from digikoord.lib.verdict import Refused

MOST = 5 * 1024 * 1024
QUOTED = 160  # characters of somebody else's words, at most
IDENTITY = 35  # Max35Text, ISO 20022's longest name for a message, an entry or a reference
# No sign, exponent or other digits than our own; trailing zeros as the standard allows
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,5})?")
DOCTYPE = "Filen har en egen dokumenttyp (DOCTYPE). Sådana filer läses inte in."
ISO = "urn:iso:std:iso:20022:tech:xsd:"
SCHEMAS = {  # where the package `pain001` keeps the public schemas; it is never imported
    "pain.001.001.03": "pain001/templates/pain.001.001.03/pain.001.001.03.xsd",
    "pain.002.001.03": "pain001/pain002/schemas/pain.002.001.03.xsd",
}


def parse(content):
    """The root of the document. Refused: what is too large, is not XML, or declares a document type of its own."""
    if not content.strip():
        raise Refused("Filen är tom.")
    if len(content) > MOST:
        raise Refused("Filen är större än 5 MB. En fil från banken är mindre än så.")
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


def message_of(root):
    """The name of the message: `pain.002.001.03`. Empty for what is not an ISO 20022 document."""
    name = etree.QName(root)
    if name.localname != "Document" or not (name.namespace or "").startswith(ISO):
        return ""
    return quoted(name.namespace.removeprefix(ISO))


@cache
def schema(message):
    path = distribution("pain001").locate_file(SCHEMAS[message])
    return etree.XMLSchema(etree.parse(str(path)))


def require_valid(root, message):
    """Refuse what breaks the message's public schema, with the first fault and its line."""
    rules = schema(message)
    if not rules.validate(root):
        fault = rules.error_log[0]
        text = fault.message.replace(f"{{{ISO}{message}}}", "")
        raise Refused(
            f"Filen följer inte schemat {message}: fel på rad {fault.line}. Schemat säger: {quoted(text)}"
        )


def quoted(text):
    """What a file says, short enough to be read."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def amount(text):
    """Kronor and öre above nought; raises Refused."""
    found = Decimal(text) if AMOUNT.fullmatch(text) else None
    if not found or found != found.quantize(Decimal("0.01")):
        raise Refused(f"”{quoted(text)}” är inget belopp i kronor och ören.")
    return found


def day(text):
    """The day of a date or a moment; raises Refused."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError as error:
        raise Refused(f"”{quoted(text)}” är ingen dag.") from error


def identity(text):
    """What something is called at the bank; raises Refused for what is longer than the standard allows."""
    if len(text) > IDENTITY:
        raise Refused(f"”{quoted(text)}” är längre än de {IDENTITY} tecken som en referens kan ha.")
    return text


class Reader:
    """Finds by path of plain names: `Reader(root).text("GrpHdr/MsgId")`."""

    def __init__(self, node):
        self.node = node
        self.names = {"m": etree.QName(node).namespace}

    def all(self, path):
        steps = "/".join(f"m:{step}" for step in path.split("/"))
        return [Reader(node) for node in self.node.iterfind(steps, self.names)]

    def first(self, path):
        return next(iter(self.all(path)), None)

    def text(self, path, default=""):
        found = self.first(path)
        return (found.node.text or "").strip() if found is not None else default

    def attribute(self, path, name):
        found = self.first(path)
        return found.node.get(name, "") if found is not None else ""
