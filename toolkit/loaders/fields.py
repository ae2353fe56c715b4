"""Fields as sources name them, to the fields of an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from toolkit.article import Article, Block
from toolkit.loaders import mend
from toolkit.loaders.dates import moment
from toolkit.loaders.fragment import paragraphs
from toolkit.loaders.paragraphs import joined

__all__ = ["ALIASES", "article", "flat", "guess", "line", "moment", "of", "plain"]

ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "content_text", "content_html", "body_html", "fulltext", "full_text", "article_text", "maintext", "main_text", "plaintext", "plain_text",
             "raw_text", "body_text", "bodytext", "article_body", "articlebody", "cleaned_text", "story", "article", "texte", "inhalt", "texto", "testo"),
    "id": ("doc_id", "id", "article_id", "story_id", "uid", "guid", "uuid", "_id"),
    "title": ("title", "headline", "heading", "head", "hed", "web_title", "article_title", "titre", "titel", "titulo", "titolo", "titre_article"),
    "published": ("published", "date", "publish_date", "published_at", "publication_date", "published_date", "date_published", "pub_date",
                  "pubdate", "date_publish", "publishing_date", "web_publication_date", "datetime", "timestamp", "first_publication_date",
                  "issued", "created", "created_at", "created_utc", "datum", "fecha", "data"),
    "outlet": ("outlet", "publisher", "publication", "source_name", "sitename", "site_name", "newspaper", "media", "media_name", "paper",
               "source_domain", "hostname", "domain", "source", "zeitung", "journal", "medium"),
    "author": ("author", "authors", "byline", "by", "creator", "writer", "reporter", "autor", "auteur"),
    "section": ("section", "category", "categories", "desk", "rubric", "channel", "section_name", "ressort", "rubrique", "seccion"),
    "language": ("language", "lang", "meta_lang", "locale", "sprache", "langue"),
    "url": ("url", "link", "href", "canonical_url", "canonical_link", "web_url", "permalink", "page_url", "article_url", "short_url"),
}  # fmt: skip
"""Names that exports use for each field, likeliest first."""

COMPUTED = ("words", "duplicate_of")
"""Columns of `documents` that are made anew when they come back."""

MARKUP = re.compile(r"\s*<(p|div|article|section|h[1-6]|figure|ul|ol|blockquote|html|!doctype)\b[^<>]*>", re.IGNORECASE)
"""How a text in HTML begins."""

INNER = ("name", "title", "rendered", "text", "value", "$t", "#text", "full_name", "label")
"""Where a nested object keeps its plain value, as in {"source": {"id": 1, "name": "Northern Post"}}."""


def plain(name: str) -> str:
    """A name as names are compared: small letters, words joined by _; of a nested one (`fields.body`) the last part."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip().rsplit(".", 1)[-1])
    return re.sub(r"[^\w]+", "_", spaced.lower()).strip("_ ") or name.strip().lower()


def guess(names: Iterable[str]) -> dict[str, str]:
    """Which of `names` holds which field of an article: {field: name}, by the names in ALIASES."""
    return dict(_guess(tuple(names)))


def of(record: Mapping[str, Any]) -> dict[str, str]:
    """Which key of a record holds which field; of several names for a field, one that holds something."""
    return guess(record) | guess(name for name, value in record.items() if not missing(value))


@lru_cache(maxsize=512)
def _guess(names: tuple[str, ...]) -> dict[str, str]:
    known = {plain(name): name for name in reversed(names)}
    known |= {
        spelled.replace("_", ""): name for spelled, name in known.items() if spelled.replace("_", "") not in known
    }
    found: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        name = next((known[alias] for alias in aliases if alias in known and known[alias] not in found.values()), None)
        if name is not None:
            found[field] = name
    return found


def flat(record: Mapping[Any, Any]) -> dict[str, Any]:
    """A record whose text lies in a nested object, with that object's fields beside its own, as `fields.body`; else as it is."""
    named = {str(key): value for key, value in record.items()}
    if "text" in _guess(tuple(named)):
        return named
    inner = [key for key, value in named.items() if isinstance(value, Mapping) and "text" in guess(map(str, value))]
    if len(inner) != 1:
        return named
    beside = named.pop(inner[0])
    return named | {f"{inner[0]}.{name}": value for name, value in beside.items()}


def article(record: Mapping[Any, Any], columns: Mapping[str, str] | None = None) -> Article:
    """The article that a mapping of fields describes; what no field takes goes to `meta`, and a missing text is empty.

    `columns` says which key holds which field, as {field: key}, and goes before the guess.
    """
    record = flat(record)
    return build(record, of(record) | dict(columns or {}))


def build(
    record: Mapping[str, Any], chosen: Mapping[str, str], *, mended: bool = False, day_first: bool | None = None
) -> Article:
    """The article that a flat record describes, its fields where `chosen` says.

    `mended` mends text and title, and reads a text in HTML, as is done for what comes from files; `day_first` is for dates
    such as 03/04/2026.
    """
    values = {field: record.get(name) for field, name in chosen.items()}
    text, title, blocks = _text(values.get("text")) or "", line(values.get("title")), record.get("blocks")
    if mended:
        text, blocks = _mended(text)
    published = moment(values.get("published"), day_first=day_first)
    ours = "doc_id" in record and "outlet" in record
    taken = {*chosen.values(), "meta", "blocks", "date_source", *(("source", *COMPUTED) if ours else ())}
    meta = {key: value for key, value in record.items() if key not in taken and not missing(value)}
    if published is None and not missing(values.get("published")):
        meta[chosen["published"]] = values["published"]
    return Article(
        text=text,
        id=line(values.get("id")),
        title=mend.line(title) if mended and title else title,
        published=published,
        date_source=line(record.get("date_source")) or ("source" if published else None),
        outlet=line(values.get("outlet")),
        author=line(values.get("author")),
        section=line(values.get("section")),
        language=line(values.get("language")),
        url=line(values.get("url")),
        source=line(record.get("source")) if ours else None,
        meta=meta | _said(record.get("meta")),
        blocks=blocks,
    )


def _mended(text: str) -> tuple[str, list[Block] | None]:
    """A text from a file; of one in HTML, as web interfaces give it, the paragraphs too."""
    if not MARKUP.match(text) or find_spec("lxml") is None:
        return mend.mend(text), None
    return joined(paragraphs(text))


def _text(value: Any) -> str | None:
    """A text: as it is, of paragraphs in a list, or of the object that holds it."""
    if isinstance(value, Mapping):
        value = _inner(value)
    if isinstance(value, (list, tuple)):
        return "\n\n".join(filter(None, map(_text, value)))
    return value if isinstance(value, str) else None if missing(value) else str(value)


def line(value: Any) -> str | None:
    """One line of text; a list of names is joined by commas, an object gives its name, a whole number no decimals; blank is None."""
    if isinstance(value, Mapping):
        value = _inner(value)
    if isinstance(value, (list, tuple)):
        value = ", ".join(filter(None, map(line, value)))
    if missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) or None


def missing(value: Any) -> bool:
    """Whether a value says that there is none: None, NaN, or pandas' NA and NaT."""
    return (
        value is None or (isinstance(value, float) and value != value) or type(value).__name__ in ("NAType", "NaTType")
    )


def _inner(value: Mapping[Any, Any]) -> Any:
    found = next((value[name] for name in INNER if isinstance(value.get(name), (str, int))), None)
    return found if found is not None else ", ".join(str(part) for part in value.values() if isinstance(part, str))


def _said(meta: Any) -> dict[str, Any]:
    """What the source calls meta: an object, or the JSON of one."""
    if isinstance(meta, str):
        try:
            meta = json.loads(meta)
        except (ValueError, RecursionError):
            return {"meta": meta}
    return {str(key): value for key, value in meta.items()} if isinstance(meta, Mapping) else {}
