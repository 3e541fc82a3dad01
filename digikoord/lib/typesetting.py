"""How `pdf.render` does it, with WeasyPrint: PDF/A-3a and PDF/UA-1 in one file.

The bytes depend on the arguments alone. Nothing is fetched: a document may use our static files, our typefaces and data it
carries itself. The template to start from is `templates/pdf/base.html`.
"""

import gc
import mimetypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import Element, SubElement

import pydyf
import weasyprint
from django.contrib.staticfiles import finders
from weasyprint.css import ColorProfile
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import clock, glyphs
from .attached import Attachment, ResourceRefused

REHEARSAL_CSS = f"""
@page {{ @top-center {{ content: "{clock.MARK}" !important; color: #8f1d14; font: 700 7pt "DK Inter"; letter-spacing: 0.04em;
  background: #fce6e3; border: 0.5pt solid #8f1d14; text-align: center; height: 5mm; width: 54mm; white-space: nowrap; margin: 9mm 0 auto; }} }}
"""
COLOURS = "srgb-of-ours"  # WeasyPrint's own "srgb" is the same profile, from a file it leaves open
OPTIONS = {"pdf_variant": "pdf/a-3a", "output_intent": COLOURS}
# A row of signs that no dictionary and no line can take: hyphenating it costs its square, and it would run off the paper
UNBROKEN, PIECE = re.compile(r"[^\s\u200b]{81,}"), re.compile(r"(.{40})(?=.)")
SVG = "{http://www.w3.org/2000/svg}svg"
# PDF/A allows a foreign property in its metadata only together with a description of it.
UA_XMP = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


def render(
    html: str,
    *,
    title: str,
    created: datetime,
    language: str = "sv",
    attachments: Sequence[Attachment] = (),
    rehearsal: bool = False,
) -> bytes:
    """The PDF's bytes. `created` is an aware datetime; `rehearsal` marks every page. Raises `ResourceRefused`."""
    with _uncollected():
        return _render(
            html,
            title,
            created=created.astimezone(UTC).replace(microsecond=0),
            language=language,
            attachments=attachments,
            rehearsal=rehearsal,
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Layout makes millions of small objects and no garbage: collecting meanwhile costs a quarter of the time."""
    glyphs.supported()  # the first time it reads the typefaces, which is garbage enough
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
            gc.collect()


def _render(
    html: str,
    title: str,
    *,
    created: datetime,
    language: str,
    attachments: Sequence[Attachment],
    rehearsal: bool,
) -> bytes:
    source = Paper(string=html, base_url="static:/", url_fetcher=OwnFetcher())
    prepare(source.etree_element, language, rehearsal)
    try:
        document = source.render(font_config=FontConfiguration(), color_profiles={COLOURS: srgb()}, **OPTIONS)
    except FatalURLFetchingError as error:
        raise ResourceRefused(str(error.__cause__)) from error
    _describe(document.metadata, glyphs.writable(title), created, language)
    document.metadata.attachments = [_attached(attachment, created) for attachment in attachments]
    written: bytes = document.write_pdf(finisher=_finish, **OPTIONS)
    return written


class Paper(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """Our documents, by WeasyPrint's own style sheet but for its marks of lists and notes. Those it lays on every element:
    six styles for each, which is a third of the memory of a document and a tenth of its time."""

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [_own_rules()]


@cache
def _own_rules() -> weasyprint.CSS:
    rules = (files("weasyprint.css") / "html5_ua.css").read_text()
    rules = re.sub(r"^::marker", "li::marker", rules, flags=re.MULTILINE)
    rules = re.sub(r"^::footnote-", ".footnote::footnote-", rules, flags=re.MULTILINE)
    return weasyprint.CSS(string=re.sub(r"^::note-.*$", "", rules, flags=re.MULTILINE))


class OwnFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Opens `static:/img/logo.svg`, `fonts:…` and `data:`; any other address stops the document."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, rest = url.partition(":")
        if scheme == "fonts":
            return URLFetcherResponse(url, glyphs.font(rest), {"Content-Type": "font/ttf"})
        if scheme == "static":
            return URLFetcherResponse(
                url, _static(rest.strip("/")), {"Content-Type": mimetypes.guess_type(rest)[0]}
            )
        return super().fetch(url, headers)


def srgb() -> ColorProfile:
    with (files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as profile:
        return ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


def _static(path: str) -> bytes:
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(f"Not a static file of ours: {path}")
    return Path(found).read_bytes()


def prepare(root: Element, language: str, rehearsal: bool) -> None:
    """Give the document its language, only characters we can write, our faces and, last, the mark of rehearsal."""
    root.set("lang", language)
    for element in root.iter():
        if element.text:
            text = glyphs.writable(element.text)
            element.text = text if element.tag == "style" else _breakable(text)
        element.tail = element.tail and _breakable(glyphs.writable(element.tail))
        if element.tag == SVG:  # drawings inherit no typeface from the page
            element.set("font-family", ", ".join(glyphs.FAMILIES))
    SubElement(cast(Element, root.find("head")), "style").text = glyphs.face_css() + (
        REHEARSAL_CSS if rehearsal else ""
    )


def _breakable(text: str) -> str:
    """The text with places to break in what has none."""
    return UNBROKEN.sub(lambda found: PIECE.sub("\\1\u200b", found[0]), text)


def _describe(metadata: DocumentMetadata, title: str, created: datetime, language: str) -> None:
    metadata.title, metadata.lang, metadata.generator = title, language, "digikoord"
    metadata.created = metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    plain = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *args: plain(*args).replace(b"</rdf:RDF>", UA_XMP)


def _attached(attachment: Attachment, created: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        file_obj=BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        created=created,
        modified=created,
        relationship=attachment.relationship,
    )


def _finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """What the two standards ask beyond WeasyPrint: each attachment listed once, what each table header heads, and a
    body in every table, also in the part of one that has only its sum on the last page."""
    document.pages.clear()  # all is drawn: the layout makes room for the file
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for element in pdf.objects:
        match element.get("S") if isinstance(element, dict) else None:
            case "/TH":
                row = _referred(pdf, element["P"])
                in_head = _referred(pdf, row["P"])["S"] == "/THead"
                element["A"]["Scope"] = "/Column" if in_head or "ColSpan" in element["A"] else "/Row"
            case "/TFoot" if not _has_body(pdf, _referred(pdf, element["P"])):
                element["S"] = "/TBody"


def _has_body(pdf: pydyf.PDF, table: pydyf.Dictionary) -> bool:
    return any(_referred(pdf, part)["S"] == "/TBody" for part in table["K"] if " 0 R" in str(part))


def _referred(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    return pdf.objects[int(reference.split()[0])]
