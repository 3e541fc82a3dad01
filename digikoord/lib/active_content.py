"""What in a file does something when it is opened: scripts, programs, files inside files, links that are fetched.

It is looked for twice in a PDF, since readers mend what is broken, each in its own way: in the objects as a parser finds them, and
in what is written between the streams and in the streams of objects. A name may be written with escapes (`/J#53`).
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain

import pypdf
from defusedxml import ElementTree
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

MOST_OBJECTS = 60_000
MOST_UNPACKED = 20 * 1024 * 1024  # of one stream of objects
NAMES = {
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/Launch": "ett program som startas",
    "/EmbeddedFile": "en bifogad fil",
    "/EmbeddedFiles": "en bifogad fil",
    "/FileAttachment": "en bifogad fil",
    "/RichMedia": "film, ljud eller Flash",
    "/Movie": "film, ljud eller Flash",
    "/Sound": "film, ljud eller Flash",
    "/Rendition": "film, ljud eller Flash",
    "/Screen": "film, ljud eller Flash",
    "/3D": "en tredimensionell modell",
    "/XFA": "ett XFA-formulär",
    "/GoToE": "en länk till en bifogad fil",
    "/GoToR": "en länk till en annan fil",
    "/SubmitForm": "ett formulär som skickar uppgifter",
    "/ImportData": "uppgifter som hämtas från en annan fil",
}
LOCKED = "PDF-filen är skyddad med lösenord. Spara den utan lösenord och försök igen."
UNREADABLE = "PDF-filen är trasig och går inte att läsa. Skriv ut den som PDF på nytt och försök igen."
ACTIVE = (
    "PDF-filen innehåller {what}, som kan göra något när den öppnas. Skriv ut den som PDF och försök igen."
)
OFFICE = "Filen innehåller {what}. Ta bort det, spara som en ny fil och försök igen."
NAME = re.compile(rb"/[^\x00-\x20()<>\[\]{}/%]+")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
# The one link of an office file that is not fetched until somebody presses it
PRESSED = "/hyperlink"
PARTS = (
    (("vbaproject", "vbadata", "macrosheets/"), "makron"),
    (("oleobject", "embeddings/", "activex"), "ett inbäddat objekt (OLE)"),
    (("externallinks/", "connections.xml", "querytables/"), "länkar till andra filer eller datakällor"),
)


class Active(Exception):
    """The file is not to be opened by anybody else; the message is a sentence for a person."""


def refuse_in_pdf(content: bytes) -> None:
    """Raises Active."""
    for name in chain(_written(content), _parsed(content)):
        if name in NAMES:
            raise Active(ACTIVE.format(what=NAMES[name]))


def _parsed(content: bytes) -> Iterator[str]:
    """Every name in every object, as the parser reads them."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it mends
            yield from _names_of(pypdf.PdfReader(io.BytesIO(content), strict=False))
    except Active:
        raise
    except Exception as error:  # whatever a broken file makes of the parser
        raise Active(UNREADABLE) from error


def _names_of(reader: pypdf.PdfReader) -> Iterator[str]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Active(LOCKED)
    if not reader.pages:
        raise Active(UNREADABLE)
    known = {(number, generation) for generation, rows in reader.xref.items() for number in rows}
    known |= {(number, 0) for number in reader.xref_objStm}
    if len(known) > MOST_OBJECTS:
        raise Active(UNREADABLE)
    yield from _names_in(reader.trailer)
    for number, generation in sorted(known):
        yield from _names_in(reader.get_object(IndirectObject(number, generation, reader)))


def _names_in(thing: PdfObject | None) -> Iterator[str]:
    """The names of an object and of what it holds itself; what it points at is looked at by itself."""
    waiting: list[object] = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, NameObject):
            yield str(one)
        elif isinstance(one, DictionaryObject):
            yield from map(str, one)
            waiting += [value for value in dict.values(one) if not isinstance(value, IndirectObject)]
        elif isinstance(one, ArrayObject):
            waiting += [value for value in list.__iter__(one) if not isinstance(value, IndirectObject)]


def _written(content: bytes) -> Iterator[str]:
    """Every name outside the streams, and in the streams that hold objects."""
    at = 0
    while found := STREAM.search(content, at):
        between = content[at : found.start()]
        yield from _names_written(between)
        end = content.find(b"endstream", found.end())
        end = len(content) if end < 0 else end
        if "/ObjStm" in _names_written(between[-2000:]):
            yield from _names_written(_unpacked(content[found.end() : end]))
        at = end
    yield from _names_written(content[at:])


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return packed


def _names_written(text: bytes) -> set[str]:
    found = (ESCAPE.sub(_unescaped, name) for name in NAME.findall(text))
    return {name.decode("latin-1") for name in found}


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def refuse_in_office(content: bytes) -> None:
    """Of a file of Office Open XML whose size unpacked is known to be bounded. Raises Active."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            lower = name.lower().replace("\\", "/")
            for parts, what in PARTS:
                if any(part in lower for part in parts):
                    raise Active(OFFICE.format(what=what))
            if lower.endswith(".rels"):
                _refuse_fetched(book.read(name))
            if lower == "[content_types].xml" and b"macroenabled" in book.read(name).lower().replace(
                b"\0", b""
            ):
                raise Active(OFFICE.format(what="makron"))
            if lower.endswith(".xml") and lower.startswith("word/") and _commands(book.read(name)):
                raise Active(OFFICE.format(what="ett fält som hämtar data (DDE)"))


def _refuse_fetched(content: bytes) -> None:
    try:
        links = ElementTree.fromstring(content)
    except Exception as error:
        raise Active("Filen är trasig och går inte att läsa.") from error
    for link in links:
        outside = link.get("TargetMode", "").lower() == "external"
        if outside and not link.get("Type", "").lower().endswith(PRESSED):
            raise Active(OFFICE.format(what="länkar till andra filer eller datakällor"))


def _commands(content: bytes) -> bool:
    """Whether a field of a document asks another program: what it says may be written in pieces."""
    try:
        told = ElementTree.fromstring(content).iter()
    except Exception as error:
        raise Active("Filen är trasig och går inte att läsa.") from error
    said = "".join(
        (part.text or "") + " ".join(part.attrib.values())
        for part in told
        if part.tag.endswith(("instrText", "fldSimple"))
    )
    return bool(re.search(r"\bDDE(AUTO)?\b", said, re.IGNORECASE))
