"""Markdown of the compilation's chapters: what is let through, and that nothing else is."""

import pytest

from digikoord.lib.markdown import as_html, is_too_deep


def test_what_officials_write_becomes_text_with_structure():
    html = as_html("Ett **fett** ord\noch en rad.\n\n- en\n- två\n\n> citat\n\n3. tredje")
    for part in ("<strong>fett</strong>", "ord<br>", "<li>två</li>", "<blockquote>", '<ol start="3">'):
        assert part in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=https://a.se/x.png onerror=alert(1)>",
        "[klicka](javascript:alert(1))",
        "[klicka](data:text/html;base64,PHN2Zz4=)",
        "[klicka](http://osäker.se)",
        "[klicka](//a.se)",
        '<a href="https://a.se" onclick="x()">a</a>',
        "<iframe src='https://a.se'></iframe>",
        "<style>body{display:none}</style>",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
    ],
)
def test_nothing_of_theirs_runs_or_is_fetched(text):
    html = as_html(text)
    for tag in ("<script", "<img", "<a ", "<iframe", "<style"):
        assert tag not in html


def test_an_image_is_a_link_that_says_where_it_leads_and_is_never_fetched():
    html = as_html("![karta](https://a.se/karta.png)")
    assert "<img" not in html
    assert '<span class="address">(https://a.se/karta.png)</span>' in html


def test_a_link_is_written_out_once():
    assert as_html("[ordet](https://a.se/b)").count("https://a.se/b") == 2
    assert as_html("<https://a.se/b>").count("https://a.se/b") == 2


def test_headings_follow_the_one_above_and_never_skip_a_level():
    assert [part[:2] for part in as_html("### Först\n\n# Sedan\n\n###### Djup").split("<h")[1:]] == [
        "2>",
        "2>",
        "3>",
    ]
    assert "<h3>" in as_html("# Rubrik", under=2)


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "*a " * 10_000, ">" * 20_000, "[a](<" * 5_000, "a\n" * 25_000]
)
def test_absurd_texts_come_through(text):
    assert isinstance(as_html(text), str)


@pytest.mark.parametrize(
    "text",
    [
        "> " * 30 + "djupt",
        "\n".join(f"{'  ' * level}- punkt {level}" for level in range(12)),
        "*" * 3000 + "fet" + "*" * 3000,
    ],
    ids=["quotations", "lists", "emphasis"],
)
def test_what_the_parser_would_leave_out_is_found(text):
    assert is_too_deep(text)


def test_lists_of_five_levels_are_not_too_deep():
    text = "\n".join(f"{'  ' * level}- punkt **{level}**" for level in range(5))
    assert not is_too_deep(text)
    assert "<strong>4</strong>" in as_html(text)


def test_signs_by_their_number_are_no_way_in_for_what_is_invisible():
    assert "\u202e" not in as_html("a &#x202e; b")
