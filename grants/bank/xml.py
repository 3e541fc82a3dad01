"""Reads XML that somebody sends us, and says in a sentence what is wrong with it."""

from functools import cache
from importlib.metadata import distribution

from lxml import etree

from digikoord.lib.verdict import Refused

MOST = 5 * 1024 * 1024
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
    # Nothing is looked up and nothing is unfolded, whatever the file asks for.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"Filen går inte att läsa som XML: {first_line(error)}") from error
    if root.getroottree().docinfo.doctype:
        raise Refused("Filen har en egen dokumenttyp (DOCTYPE). Sådana filer läses inte in.")
    return root


def message_of(root):
    """The name of the message: `pain.002.001.03`. Empty for what is not an ISO 20022 document."""
    name = etree.QName(root)
    if name.localname != "Document" or not (name.namespace or "").startswith(ISO):
        return ""
    return name.namespace.removeprefix(ISO)


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
        raise Refused(f"Filen följer inte schemat {message}, rad {fault.line}: {text}")


def first_line(error):
    return str(error).strip().splitlines()[0] if str(error).strip() else "okänt fel"


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
