"""PDF files that hold text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec

from toolkit.article import Article, Source
from toolkit.errors import MissingExtra
from toolkit.kinds import loader
from toolkit.loaders import layout
from toolkit.loaders.apart import Crashed, apart
from toolkit.loaders.bounded import whole
from toolkit.loaders.dates import moment
from toolkit.loaders.paragraphs import Manuscript, manuscript_article

PAGES = 2000
"""Pages that are read of one PDF at most."""

WHEN = re.compile(r"^(?:D:)?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?([+-]\d{2}'\d{2})?)?")


@loader(suffixes=(".pdf",), claims=lambda source: b"%PDF-" in source.head[:1024])
def pdf(source: Source) -> Iterator[Article]:
    """PDF with text, one article a file; lines are put together to paragraphs, and words that were divided are mended."""
    if b"%PDF-" not in source.head[:1024]:
        return
    if find_spec("pypdfium2") is None:
        raise MissingExtra("Reading PDF", "loaders")
    try:
        raw = whole(source)
        printed = apart(layout.read, raw, PAGES, size=len(raw))
    except Crashed as error:
        source.problem(f"{error}.", "skipped")
        return
    pages, told = printed.pages, printed.told
    if printed.fault or not printed.total:
        source.problem(_why(printed.fault or ""), "skipped")
        return
    if not any(pages):
        source.problem(
            f"holds no text (pages: {printed.total}): it is a scan. Run text recognition (OCR) on it to load it.",
            "skipped",
        )
        return
    if printed.total > len(pages):
        source.problem(f"has {printed.total:,} pages; the first {len(pages):,} were read.")
    blank = sum(1 for page in pages if not page)
    if 2 * blank > len(pages):
        source.problem(f"holds no text on {blank} of {len(pages)} pages, which may be scans.", "note")
    created = _moment(told.get("CreationDate", ""))
    yield manuscript_article(Manuscript(layout.paragraphs(pages), told.get("Title"), told.get("Author"), created))


def _moment(text: str) -> datetime | None:
    """A date as PDF writes it: D:20260112083000+01'00'."""
    day = WHEN.match(text)
    if not day:
        return None
    year, month, date, hour, minute, zone = day.groups()
    return moment(f"{year}-{month}-{date}T{hour or '00'}:{minute or '00'}{(zone or '').replace(chr(39), ':')}")


def _why(error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "is protected by a password; save it without one to load it."
    return "is no PDF, or broken or only partly written; nothing could be read."
