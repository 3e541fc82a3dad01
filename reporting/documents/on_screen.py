"""A part of the compilation's document as a part of a page: the same words and tables, as a screen and its reader want them.

The templates are written for paper. Here tables get frames that scroll and headers that say what they head, notes come
in place, and the headings follow the page's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from lxml import html as parser

from .. import chapters

if TYPE_CHECKING:
    from lxml.html import HtmlElement


Context = Mapping[str, Any]  # what a template meets
HEADINGS = ("h1", "h2", "h3", "h4", "h5")


def chapter(context: Context, address: Callable[[str], str]) -> SafeString:
    """A chapter, or a place of its appendix, as HTML without its own heading: the page has that. `context` is of
    documents.compilation; `address` gives the page of an anchor in the document."""
    if context["seat"] is not None:
        return adapted(render_to_string("pdf/compilation/place.html", context), address)
    if context["chapter"].key == chapters.PLACES:
        context = {**context, "elsewhere": True}
    return adapted(render_to_string(context["chapter"].template, context), address)


def letter(context: Context, address: Callable[[str], str]) -> SafeString:
    """The cover letter of the document."""
    return adapted(render_to_string("pdf/compilation/letter.html", context), address)


def adapted(written: str, address: Callable[[str], str]) -> SafeString:
    """HTML of ours, made for paper, as part of a page."""
    root = parser.fragment_fromstring(written, create_parent="div")
    root.set("class", "compiled")
    _headings(root)
    for table in list(root.iter("table")):
        _table(table)
    for link in root.iter("a"):
        _link(link, address)
    # Made of what our templates escaped and of cleaned Markdown, by a parser that writes only what it has read.
    html: str = parser.tostring(root, encoding="unicode")
    return mark_safe(html)  # noqa: S308


def _headings(root: HtmlElement) -> None:
    """The first heading is the page's; the others move up as much."""
    found = list(root.iter(*HEADINGS))
    if not found:
        return
    first = found.pop(0)
    up = HEADINGS.index(first.tag)
    for element in found:
        element.tag = HEADINGS[max(HEADINGS.index(element.tag) - up, 1)]
    first.drop_tree()


def _table(table: HtmlElement) -> None:
    caption = table.find("caption")
    name = caption.text_content() if caption is not None else "Uppgifter"
    for cell in table.iter("th"):
        if cell.get("scope") is None:
            in_head = next(cell.iterancestors("thead", "tbody", "tfoot"), None)
            across = cell.get("colspan") is not None
            cell.set(
                "scope",
                "colgroup" if across else "col" if in_head is not None and in_head.tag == "thead" else "row",
            )
    for cell in table.iter("th", "td"):
        if "number" in (cell.get("class") or "").split():
            cell.set("class", f"{cell.get('class')} num")
    if "facts" in (table.get("class") or "").split():
        return
    table.set("class", f"{table.get('class') or ''} figures".strip())
    frame = parser.Element(
        "div", {"class": "table-frame", "role": "region", "aria-label": name, "tabindex": "0"}
    )
    table.addprevious(frame)
    frame.tail, table.tail = table.tail, None
    frame.append(table)
    _notes(table, frame)


def _notes(table: HtmlElement, frame: HtmlElement) -> None:
    """The footnotes of a table as a list below it, each with its number in the cell."""
    notes = [note for note in table.iter("span") if note.get("class") == "footnote"]
    if not notes:
        return
    told = parser.Element("ol", {"class": "small"})
    for number, note in enumerate(notes, 1):
        row = parser.Element("li")
        row.text, note.text, note.tag = note.text, str(number), "sup"
        told.append(row)
    frame.addnext(told)


def _link(link: HtmlElement, address: Callable[[str], str]) -> None:
    href = link.get("href") or ""
    if href.startswith("#"):
        link.set("href", address(href[1:]))
    elif href.startswith("https://"):
        link.set("rel", "noopener")
