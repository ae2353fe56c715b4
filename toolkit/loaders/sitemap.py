"""Sitemaps saved to disk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders.bounded import whole
from toolkit.loaders.markup import Elements, root


@loader(claims=lambda source: bool(_what(source)))
def sitemap(source: Source) -> Iterator[Article]:
    """Sitemaps saved to disk: they list addresses without text, which is said, and nothing is fetched unasked."""
    what = _what(source)
    found = sum(1 for place in Elements(whole(source), "{*}loc") if place.text and _own(place)) if what else 0
    listed = "other sitemaps" if what == "sitemapindex" else "pages"
    if what:
        source.problem(
            f"is a sitemap: it lists the addresses of {listed} ({found:,}) and holds no text. Nothing is fetched unasked; give tk.load the addresses to fetch them.",
            "skipped",
        )
    yield from ()


def _what(source: Source) -> str | None:
    name = root(source.head)
    return name if name in ("urlset", "sitemapindex") else None


def _own(place: object) -> bool:
    """Whether an address is a page's own, not that of a picture or film on it."""
    return not re.search(r"sitemap-(image|video)", str(getattr(place, "tag", "")))
