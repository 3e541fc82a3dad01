"""A compilation's PDF is what it says: every altered figure is found and named."""

import io
import json

import jsonschema
import pikepdf
import pytest
from django.core.management import CommandError, call_command

from reporting.documents import compilation
from reporting.documents.verification import carried, schema, verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def altered(content, change):
    """The PDF after somebody has been at it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(written)
    return written.getvalue()


def attach(pdf, name, content):
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)


def test_what_was_made_verifies_and_follows_the_published_schema(made):
    assert verify(made.pdf).faults == ()
    files = carried(made.pdf)
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(files["sammanstallning.json"]), schema())


def test_the_data_alone_makes_the_same_bytes(made):
    assert compilation.again(json.loads(json.dumps(made.data))) == made.pdf


def test_an_altered_sum_in_the_data_is_named(made):
    data = json.loads(json.dumps(made.data))
    data["money"]["paid"] = "2300000.00"
    content = altered(made.pdf, lambda pdf: attach(pdf, "sammanstallning.json", compilation.as_json(data)))
    told = "\n".join(verify(content).faults)
    assert "money.paid anges till 2300000.00, men delarna ger 2400000.00." in told
    assert "Sida" in told


def test_an_altered_page_is_found_with_its_number_and_its_words(made):
    def change(pdf):
        for page in pdf.pages:
            stream = page.Contents.read_bytes()
            at = stream.find(b"> Tj") if b"> Tj" in stream else stream.find(b">] TJ")
            start = stream.rfind(b"<", 0, at)
            glyphs = stream[start + 1 : at]
            if start > 0 and len(glyphs) >= 8:
                changed = glyphs[4:8] + glyphs[:4] + glyphs[8:]
                page.Contents = pdf.make_stream(stream[: start + 1] + changed + stream[at:])
                return

    faults = verify(altered(made.pdf, change)).faults
    assert any(fault.startswith("Sida ") for fault in faults)


def test_a_swapped_attachment_is_found(made):
    content = altered(made.pdf, lambda pdf: attach(pdf, "ekonomi.csv", b"Kod;Plats\r\n"))
    assert any(fault.startswith("ekonomi.csv") for fault in verify(content).faults)


def test_a_smuggled_attachment_is_found(made):
    content = altered(made.pdf, lambda pdf: attach(pdf, "mer.txt", b"hej"))
    assert "mer.txt" in verify(content).faults[0]


def test_what_no_page_shows_is_found_too(made):
    def change(pdf):
        pdf.docinfo["/Title"] = "Något annat"

    assert "något annat är ändrat" in verify(altered(made.pdf, change)).faults[0]


@pytest.mark.parametrize("content", [b"", b"hej", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_said(content):
    assert "går inte att läsa" in verify(content).faults[0]


def test_data_that_breaks_the_schema_is_said(made):
    data = json.loads(json.dumps(made.data))
    data["seats"][0]["money"]["paid"] = "många"
    content = altered(made.pdf, lambda pdf: attach(pdf, "sammanstallning.json", compilation.as_json(data)))
    assert "följer inte schemat" in verify(content).faults[0]


def test_the_command_says_what_is_wrong_and_fails(made, tmp_path, capsys):
    file = tmp_path / "s.pdf"
    file.write_bytes(made.pdf)
    call_command("verify_compilation", str(file))
    assert "varje tal stämmer" in capsys.readouterr().out
    file.write_bytes(altered(made.pdf, lambda pdf: attach(pdf, "ekonomi.csv", b"x")))
    with pytest.raises(CommandError, match="avvikelser"):
        call_command("verify_compilation", str(file))
    with pytest.raises(CommandError, match="kan inte läsas"):
        call_command("verify_compilation", str(tmp_path / "saknas.pdf"))


def test_data_that_no_document_can_be_made_of_is_said_and_not_a_crash(made):
    data = json.loads(json.dumps(made.data))
    data["seats"][0]["content"][0]["texts"] = [{"label": "Text", "text": "\x00"}]
    data["version"]["texts"] = [{"chapter": "summary", "text": "*" * 3000 + "x" + "*" * 3000}]
    for content in (compilation.as_json(data), b"[" * 100_000):
        found = verify(altered(made.pdf, lambda pdf, new=content: attach(pdf, "sammanstallning.json", new)))
        assert found.faults
