"""No file that does something when it is opened is taken in, however what it does is written."""

import datetime
import io
import zipfile
import zlib

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from digikoord.lib import pdf as ours
from digikoord.lib.active_content import Active, refuse_in_office, refuse_in_pdf
from tests.papers import PDF, pdf


def action(**entries):
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


SCRIPT = action(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))


def opened(what):
    return pdf(lambda writer: writer.root_object.update({NameObject("/OpenAction"): what}))


def on_the_page(key, what):
    return pdf(lambda writer: writer.pages[0].update({NameObject(key): what}))


def annotation(**entries):
    return on_the_page("/Annots", ArrayObject([action(Type=NameObject("/Annot"), **entries)]))


def written(objects, version=b"1.7"):
    """A PDF by hand, with its table of objects left to the reader to mend."""
    head = b"%PDF-" + version + b"\n"
    page = b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    pages = b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    return head + pages + page + objects + b"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def catalog(action):
    return written(b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction " + action + b">>\nendobj\n")


def packed(text, marks=b""):
    """The action in a stream of objects."""
    body = b"9 0 " + text
    stream = zlib.compress(body)
    head = b"8 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d%s>>\nstream\n" % (
        len(stream),
        marks,
    )
    root = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>\nendobj\n"
    return written(root + head + stream + b"\nendstream\nendobj\n")


def named_script():
    named = action(JavaScript=action(Names=ArrayObject([TextStringObject("a"), SCRIPT])))
    return pdf(lambda writer: writer.root_object.update({NameObject("/Names"): named}))


def attached(writer):
    writer.add_attachment("a.exe", b"MZ")


REFUSED = {
    "a script when it is opened": (opened(SCRIPT), "JavaScript"),
    "a script by name": (named_script(), "JavaScript"),
    "a script of a page": (on_the_page("/AA", action(O=SCRIPT)), "JavaScript"),
    "a script of a field": (annotation(Subtype=NameObject("/Widget"), A=SCRIPT), "JavaScript"),
    "a program": (opened(action(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))), "program"),
    "a file inside": (pdf(attached), "bifogad fil"),
    "a film": (annotation(Subtype=NameObject("/RichMedia")), "film"),
    "a form that is sent": (annotation(A=action(S=NameObject("/SubmitForm"))), "skickar"),
    "another file's form": (opened(action(S=NameObject("/ImportData"))), "hämtas"),
    "XFA": (
        pdf(lambda writer: writer.root_object.update({NameObject("/AcroForm"): action(XFA=ArrayObject())})),
        "XFA",
    ),
    "names with escapes": (catalog(b"<</#53/J#61v#61Script/#4a#53(1)>>"), "JavaScript"),
    "names with escapes in capitals": (catalog(b"<</S/#4C#61unch/F(cmd)>>"), "program"),
    "names close together": (catalog(b"<</S/JavaScript/JS(1)>>"), "JavaScript"),
    "a stream of objects": (packed(b"<</S/JavaScript/JS(1)>>"), "JavaScript"),
    "a stream of objects with escapes": (packed(b"<</S/J#61vaScript/J#53(1)>>"), "JavaScript"),
    "a stream of objects that is cut off": (
        packed(b"<</S/JavaScript/JS(1)>>")[:-60] + b"%%EOF\n",
        "JavaScript",
    ),
    "an object that no table names": (
        PDF.replace(b"xref\n", b"99 0 obj\n<</S/JavaScript/JS(1)>>\nendobj\nxref\n", 1),
        "JavaScript",
    ),
    "what was added after its end": (PDF + b"7 0 obj\n<</S/Launch/F(cmd)>>\nendobj\n%%EOF\n", "program"),
    "a password": (pdf(lambda writer: writer.encrypt("hemligt", algorithm="RC4-128")), "lösenord"),
    "nothing that can be read": (b"%PDF-1.4\n%%EOF\n", "trasig"),
    "a deep nest": (catalog(b"[" * 20_000), "trasig"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_pdf_that_does_something_is_refused(kind):
    content, said = REFUSED[kind]
    with pytest.raises(Active, match=said):
        refuse_in_pdf(content)


def link(writer):
    where = action(S=NameObject("/URI"), URI=TextStringObject("https://www.regeringen.se/"))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([action(Subtype=NameObject("/Link"), A=where)])


def text(writer):
    writer.add_metadata({"/Title": "JavaScript, Launch och /JavaScripts: en handbok"})


@pytest.mark.parametrize(
    "change", [None, link, text, lambda writer: writer.encrypt("", "owner", algorithm="RC4-128")]
)
def test_a_pdf_that_only_shows_is_taken_in(change):
    refuse_in_pdf(pdf(change))


def test_a_paper_of_our_own_is_taken_in():
    refuse_in_pdf(
        ours.render(
            "<html lang='sv'><title>Brev</title><p>Hej <a href='https://a.example/'>du</a></p></html>",
            title="Brev",
            created=datetime.datetime(2019, 3, 20, tzinfo=datetime.UTC),
        )
    )


def test_every_byte_that_is_lost_is_read_or_refused():
    """Whatever is broken, nothing but Active comes of it."""
    content = opened(SCRIPT)
    for at in range(0, len(content), 7):
        try:
            refuse_in_pdf(content[:at] + content[at + 1 :])
        except Active:
            continue
        assert b"JavaScript" not in content[:at] + content[at + 1 :]


RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
OUTSIDE = '<Relationship Id="a" Type="http://x/{}" Target="http://a.example/" TargetMode="{}"/>'
FIELD = '<w:p xmlns:w="w"><w:r><w:instrText>D</w:instrText></w:r><w:r><w:instrText>DEAUTO c</w:instrText></w:r></w:p>'


def office(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("xl/vbaProject.bin", b"", "makron"),
        ("xl/VBAPROJECT.BIN", b"", "makron"),
        ("xl/macrosheets/sheet1.xml", b"", "makron"),
        ("[Content_Types].xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "makron"),
        ("[Content_Types].xml", "x.macroEnabled".encode("utf-16"), "makron"),
        ("xl/embeddings/oleObject1.bin", b"", "inbäddat"),
        ("word/activeX/activeX1.xml", b"", "inbäddat"),
        ("xl/externalLinks/externalLink1.xml", b"", "länkar"),
        ("xl\\externalLinks\\externalLink1.xml", b"", "länkar"),
        ("xl/connections.xml", b"", "länkar"),
        (
            "word/_rels/settings.xml.rels",
            RELS.format(OUTSIDE.format("attachedTemplate", "External")),
            "länkar",
        ),
        ("xl/_rels/a.rels", RELS.format(OUTSIDE.format("image", "external")).encode("utf-16"), "länkar"),
        ("xl/_rels/a.rels", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "trasig"),
        ("word/document.xml", FIELD, "DDE"),
    ],
)
def test_an_office_file_that_does_something_is_refused(name, content, said):
    with pytest.raises(Active, match=said):
        refuse_in_office(office(**{"xl/workbook.xml": "<a/>", name: content}))


def test_a_link_that_waits_to_be_pressed_is_taken_in():
    link = RELS.format(OUTSIDE.format("hyperlink", "External"))
    refuse_in_office(office(**{"xl/workbook.xml": "<a/>", "xl/worksheets/_rels/sheet1.xml.rels": link}))
