"""Nexis: exports of LexisNexis, Nexis and Nexis Uni as Word, rich text or plain text, many articles a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import dates, press
from toolkit.loaders.bounded import BROKEN
from toolkit.loaders.paragraphs import Paragraph, joined, short

HEADER = {
    "section": ("section", "rubrik", "rubrique", "sezione", "sección", "seção", "sectie"),
    "length": ("length", "länge", "longueur", "lunghezza", "longitud", "extensión", "lengte"),
    "byline": ("byline", "autor", "auteur", "autore"),
    "title": ("headline", "titel", "titre"),
    "dateline": ("dateline",),
    "highlight": ("highlight",),
    "series": ("series",),
    "type": ("type",),
}
TAIL = {
    "load_date": ("load-date", "update", "date-chargement"),
    "language": ("language", "sprache", "langue", "lingua", "idioma", "taal"),
    "publication_type": ("publication-type", "type-publication"),
    "document_type": ("document-type",),
    "journal_code": ("journal-code", "journal code", "zeitungs-code"),
    "graphic": ("graphic", "grafik", "graphique"),
    "url": ("url",),
    "subject": ("subject",),
    "organization": ("organization",),
    "company": ("company",),
    "industry": ("industry",),
    "person": ("person",),
    "geographic": ("geographic",),
    "correction": ("correction", "correction-date"),
    "notes": ("notes",),
    "classification": ("classification",),
    "distribution": ("distribution",),
}
NAMES = {name: key for table in (HEADER, TAIL) for key, names in table.items() for name in names}
LABEL = re.compile(rf"^({'|'.join(sorted(map(re.escape, NAMES), key=len, reverse=True))})\s*:\s*(.*)$", re.I)
BARE = ("graphic", "classification", "notes", "correction")
"""Labels of the newer shape that stand on a line of their own."""

BODY = re.compile(r"^(?:BODY:\s*|(?:Body|Text|Corps|Haupttext|Cuerpo)$)")
START = re.compile(rf"^{press.NUMBERED}$")
TOTAL = re.compile(r"(\d+)(?: DOCUMENTS?)?$")
COVER_TOTAL = re.compile(r"^Documents? \((\d+)\)$")
COVER = re.compile(
    r"^(User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|Content Type)\b", re.I
)
END = "end of document"
COPYRIGHT = re.compile(r"^(copyright\b|©|\(c\) )", re.I)
FURNITURE = re.compile(
    r"^(page \d+ of \d+|link to (the )?(original document|image|pdf)\b.*|link zum .*|all rights reserved\.?|alle rechte vorbehalten\.?"
    r"|tous droits réservés\.?|the(se)? materials\b.*|copyright \d{4}$)",
    re.I,
)
EDITION = re.compile(r"\bedition\b|\bausgabe\b|\bédition\b|;$", re.I)

TAKEN = ("title", "byline", "section", "length", "language", "url", "graphic", "classification")
"""Labels whose word is in a field of the article, or in its text; the others are kept as meta."""


@dataclass
class Parts:
    """One article of an export, taken apart but not yet read."""

    top: list[str] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    copyright: str | None = None


@loader(suffixes=(".docx", ".rtf", ".txt"), claims=lambda source: press.database(source) == "nexis")
def nexis(source: Source) -> Iterator[Article]:
    """Exports of LexisNexis, Nexis and Nexis Uni (DOCX, RTF, TXT): every article with outlet, date, section and byline."""
    if press.database(source) != "nexis":
        return
    try:
        lines = press.lines(source)
    except BROKEN:
        source.problem("is a Nexis export that is broken or only partly written; nothing could be read.", "skipped")
        return
    old = any(START.match(text) for _, text in lines)
    articles, promised = _numbered(lines) if old else _ended(lines)
    given = 0
    for article in articles:
        parts = _parts(article, old)
        if parts.body or len(parts.top) > 1:
            given += 1
            yield _article(parts, old)
    if given < promised:
        source.problem(f"says that it holds {promised} articles; {given} were found.")


def _numbered(lines: Sequence[Paragraph]) -> tuple[list[list[Paragraph]], int]:
    """The articles of the older shape, each below its `3 of 20 DOCUMENTS`, and how many there should be."""
    articles: list[list[Paragraph]] = []
    promised = 0
    for kind, text in lines:
        if START.match(text):
            articles.append([])
            found = TOTAL.search(text)
            promised = int(found[1]) if found else 0
        elif articles:
            articles[-1].append((kind, text))
    return articles, promised


def _ended(lines: Sequence[Paragraph]) -> tuple[list[list[Paragraph]], int]:
    """The articles of the newer shape, each above its `End of Document`, and how many the cover page promises."""
    articles: list[list[Paragraph]] = [[]]
    promised = 0
    for kind, text in lines:
        total = COVER_TOTAL.match(text)
        if total and len(articles) == 1:
            promised = int(total[1])
        if text.casefold() == END:
            articles.append([])
        else:
            articles[-1].append((kind, text))
    if promised or any(COVER.match(text) for _, text in articles[0]):
        articles[0] = _below_cover(articles[0])
    return [article for article in articles if article], promised


def _below_cover(article: list[Paragraph]) -> list[Paragraph]:
    """The first article without the cover page: it begins with the line above outlet and date."""
    marks = [i for i, (_, text) in enumerate(article) if COVER.match(text) or COVER_TOTAL.match(text)]
    after = marks[-1] + 1 if marks else 0
    dated = next((i for i in range(after + 2, len(article)) if _dated(article[i][1])), None)
    return article[dated - 2 :] if dated else article[after:]


def _dated(text: str) -> bool:
    """Whether a line is a date and little else."""
    day = press.day(text) if len(text) < 70 else None
    return day is not None and len(re.findall(r"[^\W\d_]{3,}", text.replace(day, ""))) <= 6


def _parts(article: Sequence[Paragraph], old: bool) -> Parts:
    """The lines above the first label, what the labels say, and the body."""
    parts = Parts()
    lines = [(kind, text) for kind, text in article if not FURNITURE.match(text)]
    body = next((i for i, (_, text) in enumerate(lines) if BODY.match(text)), None)
    key = ""
    at = 0
    while at < len(lines) and at != body:
        text = lines[at][1]
        name, value = _label(text, old)
        if COPYRIGHT.match(text):
            parts.copyright = text
        elif name in HEADER or (old and name):
            key, parts.told[name] = name, value
        elif body is None and _begins(text, parts, old):
            break
        elif not key and (old or not parts.copyright):
            parts.top.append(text)
        elif key:
            parts.told[key] = f"{parts.told[key]} {text}".strip()
        at += 1
    _body(parts, lines[at:], old)
    return parts


def _begins(text: str, parts: Parts, old: bool) -> bool:
    """Whether an unlabelled line is where the body begins: below the length, or long below another label."""
    told = parts.told or (parts.copyright and not old)
    return "length" in parts.told or bool(told and len(text.split()) > 25)


def _label(text: str, old: bool) -> tuple[str, str]:
    """The label a line begins with and what it says; the older shape writes labels in capitals."""
    label = LABEL.match(text)
    if label and (label[1].isupper() if old else label[1][:1].isupper()):
        return NAMES[label[1].casefold()], label[2]
    return (text.casefold(), "") if not old and text.casefold() in BARE else ("", "")


def _body(parts: Parts, lines: Sequence[Paragraph], old: bool) -> None:
    """The paragraphs up to the labels at the end, and what these say; captions are kept as such."""
    key = ""
    for number, (kind, text) in enumerate(lines):
        text = BODY.sub("", text) if number == 0 else text
        name, value = _label(text, old)
        if name in TAIL and (key or old or name in ("load_date", *BARE)):
            key, text = name, value
            parts.told.setdefault(name, value)
        if key and COPYRIGHT.match(text):
            parts.copyright = parts.copyright or text
        elif key == "graphic" and text:
            parts.body.append(("caption", text))
        elif not key and text:
            parts.body.append((kind, text))


def _article(parts: Parts, old: bool) -> Article:
    told = parts.told
    outlet, title, day, edition = _named(parts.top, old)
    published = dates.moment(day)
    text, blocks = joined(parts.body)
    section, _, page = told.get("section", "").partition(";")
    found = re.search(r"\d+", told.get("length", "").replace(",", ""))
    meta = {
        "edition": edition,
        "page": page.strip(),
        "length": int(found[0]) if found else None,
        "copyright": parts.copyright,
        **{key: value for key, value in told.items() if key not in TAKEN},
    }
    return Article(
        text,
        title=short(told.get("title") or title),
        published=published,
        date_source="source" if published else None,
        outlet=short(outlet),
        author=press.author(told.get("byline")),
        section=short(section),
        language=press.language(told.get("language")),
        url=short(told.get("url")),
        meta={key: value for key, value in meta.items() if value},
        blocks=blocks,
    )


def _named(top: Sequence[str], old: bool) -> tuple[str, str, str | None, str]:
    """Outlet, title, day and edition from the lines above the labels.

    The newer shape has the title first, then outlet and date; the older one outlet, date, edition, then the title.
    """
    dated = [i for i, text in enumerate(top) if i and _dated(text)]
    if not dated:
        return (top[0] if old else "".join(top[1:2])) if top else "", " ".join(top[1:] if old else top[:1]), None, ""
    at = dated[0] if old else dated[-1]
    below = list(top[at + 1 :])
    edition: list[str] = []
    while below and (EDITION.search(below[0]) or (edition and edition[-1].endswith(";"))):
        edition.append(below.pop(0))
    title = " ".join(below) if old else " ".join(top[: at - 1])
    return top[at - 1], title, press.day(top[at]), " ".join(edition if old else edition + below)
