"""What a page says of itself: title, date, author, section, language, address, for search engines and for readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from toolkit.loaders.dates import moment
from toolkit.loaders.fields import line
from toolkit.loaders.spots import key

PUBLISHED = (
    "article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "publication_date", "publish-date", "publishdate", "pubdate", "cxenseparse:recs:publishtime",
    "article.published", "dc.date", "date",
)  # fmt: skip
"""Names of the meta elements that hold the date of publication, surest first."""

SECTION = (
    "article:section",
    "articlesection",
    "parsely-section",
    "og:article:section",
    "section",
    "cxenseparse:recs:category",
)
LANGUAGE = ("language", "content-language", "dc.language", "inlanguage", "og:locale")
TITLE = ("og:title", "twitter:title", "headline", "parsely-title", "dc.title", "title")
ARTICLE = re.compile(r"Article$|BlogPosting$|Report$|NewsArticle|Review$")
LONGEST = 2_000_000
"""Characters of a JSON-LD block that is read."""

DIVIDER = r"\s*(?:[|·•»«]|\s[-–—:]|[-–—]\s)\s*"


@dataclass(frozen=True)
class About:
    """What was found; None for what was not."""

    title: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None
    titles: frozenset[str] = frozenset()
    meta: Mapping[str, Any] = field(default_factory=dict)


def about(tree: Any, url: str | None) -> About:
    """What a page says of itself: in JSON-LD, in meta elements, in what it shows, as trafilatura finds it.

    `titles` are the keys of everything that is its title somewhere, `body` the text that its JSON-LD holds.
    """
    from trafilatura.metadata import extract_metadata

    told = next(_articles(tree), {})
    metas = _metas(tree)
    found = extract_metadata(tree, default_url=url, extensive=False)
    outlet = line(found.sitename) or line(found.hostname)
    shown = [told.get("headline"), *(metas.get(name) for name in TITLE), *(h1.text_content() for h1 in tree.iter("h1"))]
    titles = [title for title in map(line, [found.title, *shown, *(t.text for t in tree.iter("title"))]) if title]
    return About(
        title=_bare(titles[0], outlet) if titles else None,
        published=_published(tree, told, metas) or moment(found.date),
        outlet=outlet,
        author=line([part.strip() for part in (found.author or "").split(";") if part.strip()]),
        section=line(told.get("articleSection")) or line(_first(metas, SECTION)) or line((found.categories or [])[:1]),
        language=_language(tree, told, metas),
        url=line(found.url) or url,
        body=told["articleBody"] if isinstance(told.get("articleBody"), str) else None,
        titles=frozenset(name for title in titles for name in (key(title), key(_bare(title, outlet))) if name),
        meta={name: value for name, value in (("description", found.description), ("tags", found.tags)) if value},
    )


def _articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles that the page's JSON-LD describes."""
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" in script.get("type", "").lower() and len(text) <= LONGEST:
            try:
                yield from _of_type(json.loads(text, strict=False), 4)
            except (ValueError, RecursionError):
                continue


def _of_type(node: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        kinds = node.get("@type")
        if any(
            isinstance(kind, str) and ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield node
    parts = (
        node
        if isinstance(node, list)
        else [node.get("@graph"), node.get("mainEntity")]
        if isinstance(node, Mapping)
        else []
    )
    for part in parts if depth else []:
        yield from _of_type(part, depth - 1)


def _metas(tree: Any) -> dict[str, str]:
    """The meta elements by name, in small letters; of several the first."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _first(metas: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _published(tree: Any, told: Mapping[str, Any], metas: Mapping[str, str]) -> datetime | None:
    """When it was published, with the time of day where the page gives one."""
    times = (
        element.get("datetime") or element.get("content")
        for element in tree.iter("time")
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
    )
    candidates = [told.get("datePublished"), *(metas.get(name) for name in PUBLISHED), *times]
    return next((found for found in map(moment, candidates) if found), None)


def _language(tree: Any, told: Mapping[str, Any], metas: Mapping[str, str]) -> str | None:
    """The two letters of its language."""
    said = [
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        line(told.get("inLanguage")),
        *(metas.get(name) for name in LANGUAGE),
    ]
    codes = (re.match(r"([a-z]{2})([-_][a-z]{2,4})*$", (code or "").strip().lower()) for code in said)
    return next((code[1] for code in codes if code), None)


def _bare(title: str, outlet: str | None) -> str:
    """A title without the outlet's name before or after it: `Talks resume | Northern Post`."""
    parts = re.split(f"({DIVIDER})", title)
    name = key(outlet or "")
    if len(parts) > 2 and name:
        if key(parts[-1]) and (key(parts[-1]) in name or name in key(parts[-1])):
            return "".join(parts[:-2]).strip() or title
        if key(parts[0]) == name:
            return "".join(parts[2:]).strip() or title
    return title
