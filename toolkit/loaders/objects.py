"""Articles as scraping libraries give them: objects of trafilatura, newspaper4k, news-please, fundus and their like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import fields, frames

TEXTS = ("text", "maintext", "plaintext", "body", "content", "article_body")
"""Attributes that make an object an article, if one of them is a string."""

BESIDE = ("description", "summary", "tags", "keywords", "topics", "image", "top_image", "image_url", "free_access")
"""Attributes that go to `meta`."""


def is_article(value: Any) -> bool:
    """Whether an object has the text of an article as an attribute."""
    if (
        value is None
        or isinstance(value, (str, bytes, Mapping, Article, list, tuple, set, type))
        or frames.is_frame(value)
    ):
        return False
    return any(isinstance(_attribute(value, name), str) for name in TEXTS)


@loader(claims=lambda source: is_article(source.value))
def objects(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """An article object of trafilatura, newspaper4k, news-please, fundus or the like; its text as it is."""
    yield fields.article(record(source.value), columns)


def record(value: Any) -> dict[str, Any]:
    """The attributes of an object that are fields of an article, the likeliest of each, as a dict."""
    found: dict[str, Any] = {}
    for aliases in (*fields.ALIASES.values(), *((name,) for name in BESIDE)):
        parts = ((name, _attribute(value, name)) for name in aliases)
        found.update(next(([(name, part)] for name, part in parts if _plain(part)), []))
    page = _attribute(_attribute(value, "html"), "requested_url")
    return found if "url" in found or not isinstance(page, str) else {**found, "url": page}


def _attribute(value: Any, name: str) -> Any:
    """An attribute; None if there is none, or if asking for it raises, as properties of strangers may."""
    try:
        return getattr(value, name, None)
    except Exception:  # isolation: what a stranger's property does is not ours
        return None


def _plain(part: Any) -> bool:
    if isinstance(part, (list, tuple)):
        return bool(part) and all(isinstance(item, (str, Mapping)) for item in part)
    return part not in ("", None) and isinstance(part, (str, int, float, date, Mapping)) and not isinstance(part, bool)
