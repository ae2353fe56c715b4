"""A piece of HTML that is all article, such as a feed's entry, to paragraphs; whole pages are the business of the html loader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toolkit.loaders.bounded import TooLarge
from toolkit.loaders.paragraphs import Paragraph

KINDS = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list", "blockquote": "quote", "figcaption": "caption", "caption": "caption",
}  # fmt: skip
BLOCKS = {
    *KINDS, "p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "dl", "dt", "dd", "table", "tbody",
    "thead", "tr", "td", "th", "figure", "pre", "hr", "address", "form", "body", "html", "center",
}  # fmt: skip
MOST_TAGS = 1_000_000
UNREAD = {
    "script",
    "style",
    "head",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "textarea",
    "math",
}
HEADLINE = re.compile("headline", re.I)
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


def paragraphs(html: str) -> list[Paragraph]:
    """The paragraphs of an HTML text: headings, lists, quotations and captions are known as such; two line breaks end one.

    Raises TooLarge for more than `MOST_TAGS` tags.

    >>> paragraphs("<h2>Talks</h2>They resumed <b>on Sunday</b>.<br><br>More soon.")
    [('heading', 'Talks'), ('body', 'They resumed on Sunday.'), ('body', 'More soon.')]
    """
    if html.count("<") > MOST_TAGS:
        raise TooLarge(f"has more than {MOST_TAGS:,} tags, which is more than a text of its kind is read to")
    return list(_split(_pieces(html)))


def _split(pieces: Iterator[tuple[str, str]]) -> Iterator[Paragraph]:
    """Paragraphs from pieces of text, where a kind of `""` ends one."""
    waiting: list[str] = []
    kind = "body"
    for of, text in pieces:
        if of:
            kind = of if text.strip() and not "".join(waiting).strip() else kind
            waiting.append(text)
            continue
        for part in re.split(r" ?\n(?: ?\n)+ ?", re.sub(" +", " ", "".join(waiting))):
            lines = [" ".join(line.split()) for line in part.split("\n")]
            if any(lines):
                yield kind, "\n".join(filter(None, lines))
        waiting, kind = [], "body"


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    from lxml import etree

    if not html.strip():
        return
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(html.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:
        return
    kinds = ["body"]
    if root is None:
        return
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            unread = tag in UNREAD or element.get("hidden") is not None or HIDDEN.search(element.get("style") or "")
            if unread:
                walker.skip_subtree()
            kind = "heading" if HEADLINE.search(element.get("class") or "") else KINDS.get(tag, "")
            kinds.append(kind or kinds[-1])
            yield from _around(tag)
            if not unread:
                yield kinds[-1], _plain(element.text)
        else:
            kinds.pop()
            if tag in BLOCKS:
                yield "", ""
            yield kinds[-1], _plain(element.tail)
    yield "", ""


def _around(tag: Any) -> Iterator[tuple[str, str]]:
    if tag in BLOCKS:
        yield "", ""
    elif tag == "br":
        yield "body", "\n"


def _plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
