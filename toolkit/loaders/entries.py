"""The entries of a feed, whatever its format: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed 1."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from toolkit.loaders.encodings import decode
from toolkit.loaders.markup import Elements

SPACES = {
    "http://www.w3.org/2005/Atom": "", "http://purl.org/atom/ns#": "", "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "", "http://backend.userland.com/rss2": "",
    "http://purl.org/dc/elements/1.1/": "dc:", "http://purl.org/rss/1.0/modules/content/": "content:",
}  # fmt: skip
"""The namespaces that are read, and how their names are written here; names of others (media, iTunes ...) are not."""

ENTRIES = ("item", "entry")
ABOUT = {"title": "title", "link": "url", "language": "language"}
PICTURES = ("image", "textinput", "textInput")
"""What is read of a feed: its entries, what it says of itself, and what has a title of its own that is not the feed's."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ADDRESS = re.compile(r"^\S+@\S+\s*\((.+)\)$")
CODE = re.compile(r"^([a-z]{2,3})(?:[-_]\w+)*$", re.I)


@dataclass(frozen=True)
class Entry:
    """One entry: what its feed says, as text or HTML, not read yet."""

    title: str = ""
    content: str = ""
    summary: str = ""
    published: str = ""
    author: str = ""
    outlet: str = ""
    language: str | None = None
    url: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()


def from_xml(raw: bytes, faults: list[str]) -> Iterator[Entry]:
    """The entries of an RSS or Atom feed; what is broken about its XML is added to `faults`."""
    about = {"title": "", "language": "", "url": ""}
    found = Elements(raw, *(f"{{*}}{name}" for name in (*ABOUT, *ENTRIES, *PICTURES)))
    for element in found:
        name = element.tag.rpartition("}")[2]
        if name in ENTRIES:
            about["language"] = about["language"] or found.attributes.get(LANG, "")
            yield _entry(_children(element), element.get(LANG, ""), about)
        elif name in ABOUT:
            named = _children([element])
            about[ABOUT[name]] = about[ABOUT[name]] or (
                _link(named) if name == "link" else _first(named, name, f"dc:{name}")
            )
    faults += found.faults


def _children(element: Iterable[Any]) -> dict[str, list[Any]]:
    """The elements in one that are read, by name."""
    named: dict[str, list[Any]] = {}
    for child in element:
        if isinstance(child.tag, str):
            space, _, name = child.tag.rpartition("}")
            prefix = SPACES.get(space.removeprefix("{")) if space else ""
            if prefix is not None:
                named.setdefault(prefix + name, []).append(child)
    return named


def _entry(named: Mapping[str, list[Any]], lang: str, about: Mapping[str, str]) -> Entry:
    tags = [_inner(tag) or tag.get("label") or tag.get("term") or "" for tag in named.get("category", ())]
    tags += [_inner(tag) for tag in named.get("dc:subject", ())]
    return Entry(
        title=_first(named, "title", "dc:title"),
        content=_first(named, "content:encoded", "content"),
        summary=_first(named, "summary", "description", "dc:description"),
        published=_first(named, "pubDate", "published", "dc:date", "issued", "updated", "modified"),
        author=", ".join(filter(None, map(_person, named.get("author") or named.get("dc:creator") or ()))),
        outlet=_outlet(named) or about.get("title", ""),
        language=code(_first(named, "dc:language") or lang or about.get("language", "")),
        url=urljoin(about.get("url", ""), _link(named)) if _link(named) else "",
        id=_first(named, "guid", "id"),
        tags=tuple(filter(None, map(str.strip, tags))),
    )


def _first(named: Mapping[str, list[Any]], *names: str) -> str:
    """What the first of these that says anything says."""
    return next((text for name in names for element in named.get(name, ()) if (text := _inner(element))), "")


def _inner(element: Any) -> str:
    """The text in an element; if it holds elements, its HTML."""
    from lxml import etree

    if not len(element):
        return str(element.text or "").strip()
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return (str(element.text or "") + "".join(parts)).strip()


def _person(element: Any) -> str:
    """A name: of Atom's author, or in the brackets behind RSS's address."""
    name = element.find("{*}name")
    text = str(name.text or "") if name is not None else _inner(element)
    address = ADDRESS.match(text.strip())
    return address[1] if address else text.strip()


def _outlet(named: Mapping[str, list[Any]]) -> str:
    """The feed that an entry was taken over from."""
    for element in named.get("source", ()):
        title = element.find("{*}title")
        return _inner(title if title is not None else element)
    return ""


def _link(named: Mapping[str, list[Any]]) -> str:
    """The address of the page: Atom's alternate link, RSS's link, or a permanent guid."""
    for element in named.get("link", ()):
        if element.get("rel", "alternate") == "alternate" and (element.get("href") or _inner(element)):
            return str(element.get("href") or _inner(element))
    guids = (guid for guid in named.get("guid", ()) if guid.get("isPermaLink", "true") == "true")
    return next((text for text in map(_inner, guids) if re.match(r"https?://\S+$", text)), "")


def from_json(raw: bytes) -> Iterator[Entry]:
    """The entries of a JSON Feed. Raises ValueError if it is none."""
    given = json.loads(decode(raw)[0])
    items = given.get("items") if isinstance(given, dict) else None
    if not isinstance(items, list):
        raise ValueError("it has no list of items")
    for item in items:
        if isinstance(item, dict):
            yield _item(item, given)


def _item(item: Mapping[str, Any], about: Mapping[str, Any]) -> Entry:
    def said(*names: str, of: Mapping[str, Any] = item) -> str:
        return next((str(of[name]) for name in names if isinstance(of.get(name), (str, int)) and of[name] != ""), "")

    authors = (
        item.get("authors") or [item.get("author")]
        if item.get("authors") or item.get("author")
        else about.get("authors")
    )
    people = [
        said("name", of=author) for author in (authors if isinstance(authors, list) else []) if isinstance(author, dict)
    ]
    tags = item.get("tags")
    return Entry(
        title=said("title"),
        content=said("content_html", "content_text"),
        summary=said("summary"),
        published=said("date_published", "date_modified"),
        author=", ".join(filter(None, people)),
        outlet=said("title", of=about),
        language=code(said("language") or said("language", of=about)),
        url=said("url", "external_url"),
        id=said("id"),
        tags=tuple(tag for tag in tags if isinstance(tag, str) and tag.strip()) if isinstance(tags, list) else (),
    )


def code(tag: str) -> str | None:
    """The language of a tag such as `en-GB`; None if it is no tag."""
    found = CODE.match(tag.strip())
    return found[1].lower() if found else None
