"""Paragraphs whose kind is known, to the text and the blocks of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from toolkit.article import Article, Block
from toolkit.loaders.mend import line, mend

Paragraph = tuple[str, str]
"""Kind, text."""

NARROWEST, WIDEST = 45, 100
"""A text whose longest line is shorter or longer than this was not wrapped at a margin: each of its lines is a paragraph."""

NEAR = 0.75
"""From this part of the margin on a line is near it."""

ADDRESS = re.compile(r"\S{50}")
"""What no wrapping can break, such as a long address; a line that holds it tells nothing of the margin."""

ENDED = re.compile(r"[.!?:][\"'”’»)]?$")

STYLES = (
    (re.compile(r"^(heading|header) ?\d|^überschrift|^titre \d", re.I), "heading"),
    (re.compile(r"^title$", re.I), "title"),
    (re.compile(r"^(subtitle|standfirst|lead)$", re.I), "standfirst"),
    (re.compile(r"^caption", re.I), "caption"),
    (re.compile(r"^(intense |block )?quot", re.I), "quote"),
    (re.compile(r"^list", re.I), "list"),
    (re.compile(r"^(toc|footer|header$|page number|footnote|endnote)", re.I), "other"),
)
"""Kinds by the names that word processors give their styles, whatever their language shows."""

NO_TITLE = re.compile(
    r"^(untitled|no title|microsoft word\b.*|doc(ument)?\s?\d*|.*\.(docx?|pdf|rtf|odt|html?|indd|qxd|txt))$", re.I
)
NO_AUTHOR = re.compile(
    r"^(python-docx|microsoft|microsoft office user|user|admin(istrator)?|owner|author|unknown)$", re.I
)


@dataclass(frozen=True)
class Manuscript:
    """What a word processor's file holds: its paragraphs, and the title, author and day that its properties name."""

    paragraphs: Sequence[Paragraph]
    title: str | None = None
    author: str | None = None
    created: datetime | None = None


def kind_of_style(name: str) -> str | None:
    """The kind of paragraph that a style of this name makes; None for body text and unknown styles."""
    return next((kind for pattern, kind in STYLES if pattern.search(name)), None)


def looks_like_heading(text: str) -> bool:
    """Whether a paragraph set off by its type reads like a heading: a dozen words at most, and no full stop."""
    return len(text.split()) <= 12 and len(text) <= 120 and not re.search(r"[.,;:!]['\"”’»)]*\s*$", text)


def joined(paragraphs: Iterable[Paragraph]) -> tuple[str, list[Block]]:
    """The text, each paragraph mended and a blank line between two, and where in it each lies; runs of blanks are one."""
    spaced = [
        (kind, "\n".join(filter(None, (" ".join(words.split()) for words in text.splitlines()))))
        for kind, text in paragraphs
    ]
    filled = [(kind, text) for kind, text in spaced if text]
    whole = mend("\n\n".join(text for _, text in filled))
    parts = whole.split("\n\n")
    if len(parts) != len(filled) or any(not part or part != part.strip() for part in parts):
        filled = [(kind, mended) for kind, text in filled if (mended := mend(text))]
        parts = [text for _, text in filled]
    blocks: list[Block] = []
    at = 0
    for (kind, _), text in zip(filled, parts, strict=True):
        blocks.append((kind, at, at + len(text)))
        at += len(text) + 2
    return "\n\n".join(parts), blocks


def manuscript_article(manuscript: Manuscript) -> Article:
    """The article that a manuscript is: its title is what is styled so, else what its properties say, else a first heading."""
    title, paragraphs = _titled(list(manuscript.paragraphs), manuscript.title)
    text, blocks = joined(paragraphs)
    author = short(manuscript.author)
    return Article(
        text,
        title=title,
        author=None if author and NO_AUTHOR.match(author) else author,
        published=manuscript.created,
        date_source="metadata" if manuscript.created else None,
        blocks=blocks,
    )


def _titled(paragraphs: list[Paragraph], told: str | None) -> tuple[str | None, list[Paragraph]]:
    """The title, and the paragraphs with the one that holds it marked."""
    told = short(told) or ""
    told = "" if NO_TITLE.match(told) else told
    shown = [short(text) or "" for _, text in paragraphs[:5]]
    at = next((i for i, (kind, _) in enumerate(paragraphs[:5]) if kind == "title"), None)
    if at is None and told:
        at = next((i for i, text in enumerate(shown) if text.casefold() == told.casefold()), None)
    if at is None and not told and paragraphs and paragraphs[0][0] == "heading":
        at = 0
    if at is None:
        return told or None, paragraphs
    marked = [(kind, text) if i != at else ("title", text) for i, (kind, text) in enumerate(paragraphs)]
    return shown[at] or None, marked


def short(text: str | None) -> str | None:
    """A field of an article: one line, mended, of 2,000 characters at most; None if it is blank."""
    return line(" ".join((text or "")[:4000].split()))[:2000] or None


def unwrapped(text: str) -> list[str]:
    """The paragraphs of a plain text, lines that were wrapped at a margin put together again.

    A blank line ends a paragraph. So does a line's end, unless the first word of the next line would have made the line
    too long for the margin, or the line comes near the margin and no sentence ends with it. Where few lines come near the
    margin, a sentence's end is always the paragraph's.

    >>> unwrapped("The talks, which had broken off a week ago, were held in\\nAbu Dhabi.\\nMore soon.")
    ['The talks, which had broken off a week ago, were held in Abu Dhabi.', 'More soon.']
    """
    lines = [" ".join(raw.split()) for raw in text.splitlines()]
    lengths = [len(words) for words in lines if words and not ADDRESS.search(words)]
    margin = max(lengths, default=0)
    even = sum(1 for length in lengths if length > NEAR * margin) > 0.3 * len(lengths)
    paragraphs: list[list[str]] = []
    above = ""
    for words in lines:
        if words and above and NARROWEST <= margin <= WIDEST and _goes_on(above, words, margin, even):
            paragraphs[-1].append(words)
        elif words:
            paragraphs.append([words])
        above = words
    return [" ".join(parts) for parts in paragraphs]


def _goes_on(above: str, words: str, margin: int, even: bool) -> bool:
    """Whether a line goes on with the paragraph of the line above it; `even` if many lines come near the margin."""
    full = len(above) + 1 + len(words.split(" ", 1)[0]) > margin
    if ENDED.search(above):
        return full and even
    return full or (even and len(above) > NEAR * margin)
