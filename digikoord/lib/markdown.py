"""Markdown as people write it, to HTML that can do no harm: headings, lists, emphasis, quotations and https links.

No HTML of theirs is let through, no picture is fetched, and a link says where it leads. Code is no part of it: a line
that happens to be indented is a line of text.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "h5", "a", "span"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "span": {"class"}}
NOT_OURS = (
    "image",
    "code",
    "fence",
    "backticks",
    "html_block",
    "html_inline",
    "hr",
    "lheading",
    "reference",
    "entity",
)
DEEPEST = 5
MOST_NESTED = 16  # marks inside each other: a list is two. The parser leaves out what is deeper than twenty
SCHEME = "https://"


def as_html(text: str, *, under: int = 1) -> SafeString:
    """The text as safe HTML. `under` is the level of the heading that it stands under: its own begin at the next, and
    never skip one."""
    tokens = _parser().parse(text)
    _level(tokens, under)
    for token in tokens:
        if token.children:
            token.children = list(_with_addresses(token.children))
    html = _parser().renderer.render(tokens, _parser().options, {})
    # Written by our own renderer of a few tags, and cleaned of all but those.
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https"}, link_rel=None))  # noqa: S308


def is_too_deep(text: str) -> bool:
    """Whether lists, quotations or emphasis stand inside each other deeper than a document can show."""
    return _deepest(_parser().parse(text)) > MOST_NESTED


def _deepest(tokens: Iterable[Token]) -> int:
    depth = deepest = 0
    for token in tokens:
        depth += token.nesting
        inside = _deepest(token.children) if token.children else 0
        deepest = max(deepest, depth + inside)
    return deepest


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(list(NOT_OURS))
    parser.validateLink = lambda url: url.lower().startswith(SCHEME)  # type: ignore[method-assign]  # how it is told
    return parser


def _level(tokens: Iterable[Token], under: int) -> None:
    """Headings of the levels that follow the one above; a screen reader is led by them."""
    last = under
    for token in tokens:
        if token.type == "heading_open":
            last = min(int(token.tag[1]) + under, last + 1, DEEPEST)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{last}"


def _with_addresses(tokens: Iterable[Token]) -> Iterator[Token]:
    """After each link its address in brackets, unless the link is its own address."""
    href, shown = "", ""
    for token in tokens:
        yield token
        match token.type:
            case "link_open":
                href, shown = cast(str, token.attrGet("href")), ""
            case "link_close":
                if shown != href:
                    yield from _address(href)
                href = ""
            case _ if href:
                shown += token.content


def _address(href: str) -> Iterator[Token]:
    opened = Token("span_open", "span", 1, attrs={"class": "address"})
    yield Token("text", "", 0, content=" ")
    yield opened
    yield Token("text", "", 0, content=f"({href})")
    yield Token("span_close", "span", -1)
