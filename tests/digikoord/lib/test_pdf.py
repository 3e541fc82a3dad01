import datetime
import io
import time

import pikepdf
import pypdf
import pytest
from django.template.loader import render_to_string

from digikoord.lib import glyphs, pdf

CREATED = datetime.datetime(2019, 3, 20, 12, 30, tzinfo=datetime.UTC)
SIGNS = "≤ ≥ → ✓ – − č đ ŋ š ŧ ž á Č Đ Ŋ Š Ŧ Ž å ä ö é"
PAGE = f"""<html><head><style>body {{ font-family: {", ".join(f"'{name}'" for name in glyphs.FAMILIES)} }}</style></head>
<body><h1>Rubrik</h1><p>{SIGNS} <b>{SIGNS}</b> <i>{SIGNS}</i> <b><i>{SIGNS}</i></b></p>
<table><thead><tr><th>Län</th><th>Belopp</th></tr></thead>
<tbody><tr><th>Gotlands län</th><td>500</td></tr></tbody></table>
<svg width="60" height="20"><title>Ett diagram</title><text y="12" font-size="10">60 ≥</text></svg></body></html>"""


def opened(html=PAGE, **changes):
    data = pdf.render(html, **{"title": "Provet", "created": CREATED} | changes)
    return pikepdf.open(io.BytesIO(data))


def fonts(document):
    objects = (row for row in document.objects if isinstance(row, pikepdf.Dictionary))
    return {str(row.BaseFont).split("+")[1] for row in objects if row.get("/FontDescriptor")}


def elements(document, tag):
    objects = (row for row in document.objects if isinstance(row, pikepdf.Dictionary))
    return [row for row in objects if row.get("/S") == tag and row.get("/Type") == "/StructElem"]


def test_the_same_document_gives_the_same_bytes():
    files = [pdf.Attachment("data.json", b"{}", "Uppgifterna")]
    first, second = (pdf.render(PAGE, title="Provet", created=CREATED, attachments=files) for _ in range(2))

    assert first == second


def test_it_declares_both_standards_and_when_it_was_made():
    document = opened()
    metadata = document.Root.Metadata.read_bytes().decode()

    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert document.Root.Lang == "sv"
    assert str(document.docinfo["/Title"]) == "Provet"
    assert str(document.docinfo["/CreationDate"]) == "D:20190320123000Z"


def test_heads_of_columns_and_of_rows_are_told_apart():
    document = opened()

    assert [str(cell.A.Scope) for cell in elements(document, "/TH")] == ["/Column", "/Column", "/Row"]


def test_a_sum_alone_on_its_page_is_that_pages_body():
    table = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody>{}</table>"
    foot = '<tfoot style="display: table-row-group; break-before: page"><tr><td>1</td></tr></tfoot>'
    document = opened(f"<html><head></head><body><h1>Rubrik</h1>{table.format(foot)}</body></html>")

    assert len(elements(document, "/Table")) == len(elements(document, "/TBody")) == 2
    assert not elements(document, "/TFoot")


def test_every_drawing_has_its_words():
    document = opened()

    assert [str(figure.Alt) for figure in elements(document, "/Figure")] == ["Ett diagram"]


def test_an_attachment_is_listed_once():
    document = opened(attachments=[pdf.Attachment("data.json", b'{"a": 1}', "Uppgifterna")])

    assert len(document.Root.AF) == 1
    assert document.Root.AF[0].AFRelationship == "/Data"
    assert document.attachments["data.json"].get_file().read_bytes() == b'{"a": 1}'


def test_no_typeface_of_the_machine_is_used():
    assert {name.removeprefix("DK-").split("-")[0] for name in fonts(opened())} == {"Inter", "DejaVu"}
    assert all(name.startswith("DK-") for name in fonts(opened()))


@pytest.mark.parametrize("sign", sorted(set(SIGNS) - {" "}))
def test_every_sign_we_need_can_be_written(sign):
    assert glyphs.writable(sign) == sign


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Bra 😀!", "Bra □!"),
        ("Laget 👩‍💻 och 👍🏽", "Laget □ och □"),
        ("Klart ✅", "Klart □"),
        ("中文", "□□"),
        ("a\u0308", "ä"),
        ("mjukt\u00adbindestreck\u00a0och\u202frum", "mjukt\u00adbindestreck\u00a0och\u202frum"),
        ("bara ascii", "bara ascii"),
    ],
)
def test_what_cannot_be_written_is_seen_to_be_missing(text, written):
    assert glyphs.writable(text) == written


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/a.png",
        "http://127.0.0.1/a.png",
        "//example.com/a.png",
        "file:///etc/hostname",
        "ftp://example.com/a",
    ],
)
@pytest.mark.parametrize(
    "html",
    [
        "<img src='{}' alt='x'>",
        "<link rel=stylesheet href='{}'>",
        "<style>@font-face {{ font-family: x; src: url({}) }}</style>",
    ],
)
def test_nothing_is_fetched_from_elsewhere(html, address):
    with pytest.raises(pdf.ResourceRefused):
        pdf.render(
            f"<html><head></head><body>{html.format(address)}<p>x</p></body></html>",
            title="x",
            created=CREATED,
        )


@pytest.mark.parametrize(
    "address", ["static:/../settings.py", "static:/img/absent.svg", "fonts:../../x/y", "fonts:inter/absent"]
)
def test_a_path_of_ours_must_exist_and_stay_inside(address):
    with pytest.raises(pdf.ResourceRefused):
        pdf.render(f"<html><body><img src='{address}' alt='x'></body></html>", title="x", created=CREATED)


def test_what_the_document_carries_itself_is_allowed():
    drawing = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='5' height='5'/%3E"

    assert len(opened(f"<html><body><img src=\"{drawing}\" alt='x'></body></html>").pages) == 1


def test_rehearsal_marks_every_page_of_the_base_template():
    cover = "<section class='cover'><div class='cover-band'></div></section>"
    pages = f"{cover}<main><h1>Ett</h1><h1 class='chapter'>Två</h1>"
    html = render_to_string("pdf/base.html").replace("<main>", pages)
    plain, marked = opened(html), opened(html, rehearsal=True)

    assert len(plain.pages) == len(marked.pages) == 3
    assert all(
        b.Contents.read_bytes() != a.Contents.read_bytes()
        for a, b in zip(plain.pages, marked.pages, strict=True)
    )
    assert not any("DejaVu" in name for name in fonts(marked))


def test_a_draft_bears_its_watermark():
    assert "draft.svg" in render_to_string("pdf/base.html", {"draft": True})
    assert "draft.svg" not in render_to_string("pdf/base.html", {"draft": False})


def test_a_row_of_signs_without_an_end_is_broken_and_not_hyphenated_for_hours():
    long = "a" * 20_000
    page = f'<html><head><style>p {{ hyphens: auto }}</style></head><body><h1>R</h1><p lang="sv">{long}</p></body></html>'
    began = time.monotonic()
    data = pdf.render(page, title="Provet", created=CREATED)
    assert time.monotonic() - began < 20
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert text.count("a") == len(long), "every sign of it stands on the paper"
