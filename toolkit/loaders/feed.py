"""Feeds saved to disk: RSS, Atom and JSON Feed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import fragment
from toolkit.loaders.bounded import whole
from toolkit.loaders.dates import moment
from toolkit.loaders.entries import Entry, from_json, from_xml
from toolkit.loaders.markup import root
from toolkit.loaders.paragraphs import Paragraph, joined, short

LARGEST = 128 * 2**20
JSON = re.compile(r"^[\s\ufeff]*\{[\s\S]*\"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version")
HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w{2,8};")

TAGS = 100
WHOLE = 120
"""Words from which on a description is taken for the article, not for a summary of it."""


@loader(suffixes=(".rss", ".atom", ".rdf"), claims=lambda source: bool(_format(source)))
def feed(source: Source) -> Iterator[Article]:
    """Feeds saved to disk (RSS, Atom, JSON Feed), an article an entry; one that has only a summary gives that."""
    form = _format(source)
    if not form:
        return
    faults: list[str] = []
    extents: Counter[str] = Counter()
    try:
        raw = whole(source, LARGEST)
        for entry in from_json(raw) if form == "json" else from_xml(raw, faults):
            article, extent = _article(entry)
            extents[extent] += 1
            yield article
    except (ValueError, RecursionError) as error:
        source.problem(f"is a feed that cannot be read to its end: {error}.", "repaired" if extents else "skipped")
    for sentence, action in _notes(extents, faults):
        source.problem(sentence, action)


def _format(source: Source) -> str | None:
    if root(source.head) in ("rss", "feed", "RDF"):
        return "xml"
    start = source.head[:8192]
    return "json" if b"jsonfeed.org" in start and JSON.match(start.decode("utf-8", errors="replace")) else None


def _notes(extents: Counter[str], faults: list[str]) -> Iterator[tuple[str, str]]:
    total = sum(extents.values())
    if faults:
        yield f"is not well-formed XML ({faults[0].strip().rstrip('.')}); it was read as far as it can be.", "repaired"
    if not total:
        yield "is a feed without entries.", "skipped"
    if extents["summary"]:
        yield f"gives only a summary for {extents['summary']} of its {total} entries; that is their text.", "note"
    if extents["none"]:
        yield f"gives only a title for {extents['none']} of its {total} entries; they have no text.", "note"


def _article(entry: Entry) -> tuple[Article, str]:
    """The article that an entry is, and how much of its text the feed gives: full, summary or none."""
    content, summary = _paragraphs(entry.content), _paragraphs(entry.summary)
    text, blocks = joined(content if _words(content) >= _words(summary) else summary)
    extent = "full" if content or _words(summary) >= WHOLE else "summary" if summary else "none"
    published = moment(entry.published)
    meta = {"tags": list(entry.tags[:TAGS]), "extent": extent if extent == "summary" else None}
    article = Article(
        text,
        id=short(entry.id),
        title=short(" ".join(text for _, text in _paragraphs(entry.title[:8000]))),
        published=published,
        date_source="source" if published else None,
        outlet=short(entry.outlet),
        author=short(entry.author),
        section=short(entry.tags[0]) if entry.tags else None,
        language=entry.language,
        url=short(entry.url),
        meta={name: value for name, value in meta.items() if value},
        blocks=blocks,
    )
    return article, extent


def _paragraphs(text: str) -> list[Paragraph]:
    if HTML.search(text):
        return fragment.paragraphs(text)
    return [("body", part) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _words(paragraphs: list[Paragraph]) -> int:
    return sum(len(text.split()) for _, text in paragraphs)
