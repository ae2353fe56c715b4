"""Factiva: exports as HTML, rich text or plain text, with field codes or as displayed, many articles a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import dates, press
from toolkit.loaders.bounded import BROKEN
from toolkit.loaders.paragraphs import Paragraph, joined, short

FIRST = (
    "SE",
    "CLM",
    "HD",
    "BY",
    "CR",
    "WC",
    "PD",
    "ET",
    "SN",
    "SC",
    "NGC",
    "GC",
    "ED",
    "PG",
    "VOL",
    "LA",
    "CY",
    "DLN",
    "LP",
)
LAST = ("TD", "ART", "RF", "CT", "CX", "CO", "IN", "NS", "RE", "RST", "IPC", "IPD", "PUB", "AN")
CODE = re.compile(rf"^({'|'.join((*FIRST, *LAST))})(?:\s+(\S.*))?$")
"""A field: its code, and on the same line its value, if there is one."""

INDEXED = re.compile(r"^(?:(?:CO|IN|NS|RE)\s.* : .*|(?:IPC|IPD)\s.*\|.*)$")
"""What a line that begins like a word of the body must hold to be one of the last fields."""

END = re.compile(rf"^(?:AN\s+)?({press.ACCESSION})$")
LISTS = {"NS": "subjects", "RE": "regions", "CO": "companies", "IN": "industries"}
KEPT = {"SC": "source_code", "ED": "edition", "PG": "page", "VOL": "volume", "CY": "copyright", "CR": "credit", "PUB": "publisher",
        "CLM": "column", "DLN": "dateline", "ART": "art"}  # fmt: skip

COUNT = re.compile(
    r"^(\d[\d.,\s]*)\s*(?:words?|mots?|w[öo]rter|wort|palabras|parole|palavras|woorden|слов[аo]?|字|語)$", re.I
)
CLOCK = re.compile(r"^\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s+[A-Z]{2,4})?$", re.I)
SHORT_NAME = re.compile(r"^[A-Z0-9]{1,10}$")
COPYRIGHT = re.compile(r"^(\(c\)|©|copyright\b)", re.I)
FURNITURE = re.compile(r"^(factiva|dow jones)\b|^(page \d+ of \d+ )?© \d{4} factiva", re.I)
BYLINE = re.compile(r"^(by|von|par|por|di|door)\s+\S", re.I)
HEADER = 9
"""Lines at most between the word count and the body."""


@loader(suffixes=(".html", ".htm", ".rtf", ".txt"), claims=lambda source: press.database(source) == "factiva")
def factiva(source: Source) -> Iterator[Article]:
    """Exports of Factiva (HTML, RTF, TXT), with or without field codes: every article with outlet, date, section and byline."""
    if press.database(source) != "factiva":
        return
    try:
        lines = [part for part in press.lines(source) if not FURNITURE.match(part[1])]
    except BROKEN:
        source.problem("is a Factiva export that is broken or only partly written; nothing could be read.", "skipped")
        return
    articles, rest = _split(lines)
    for lines_of_one, number in articles:
        yield _read(lines_of_one, number)
    if any(COUNT.match(text) for _, text in rest) and len(rest) > 4:
        source.problem("ends in the middle of an article; what there is of it was read.")
        yield _read(rest, None)


def _split(lines: Sequence[Paragraph]) -> tuple[list[tuple[list[Paragraph], str]], list[Paragraph]]:
    """The articles, each above the line with its accession number, and what is left below the last."""
    articles: list[tuple[list[Paragraph], str]] = []
    rest: list[Paragraph] = []
    for part in lines:
        end = END.match(part[1])
        if end:
            articles += [(rest, end[1].split()[-1])] if rest else []
            rest = []
        else:
            rest.append(part)
    return articles, rest


def _read(lines: Sequence[Paragraph], number: str | None) -> Article:
    coded = {text.split(" ", 1)[0] for _, text in lines if CODE.match(text)}
    fields, body = _coded(lines) if {"HD", "WC", "PD"} <= coded else _displayed(lines)
    return _article(fields, body, number)


def _coded(lines: Sequence[Paragraph]) -> tuple[dict[str, str], list[Paragraph]]:
    """What each code says, and the paragraphs of the body (LP, TD) and its captions (ART)."""
    alone = any(text == "HD" for _, text in lines)
    fields: dict[str, str] = {}
    body: list[Paragraph] = []
    code = ""
    for kind, text in lines:
        found = CODE.match(text)
        if found and _is_code(text, found[2], alone, inside=code in ("LP", "TD")):
            code, text = found[1], found[2] or ""
        if code in ("LP", "TD", "ART") and text:
            body.append(("caption" if code == "ART" else kind, text))
        elif code and text:
            fields[code] = f"{fields[code]} {text}" if code in fields else text
    return fields, body


def _is_code(text: str, value: str | None, alone: bool, inside: bool) -> bool:
    """Whether a line that begins like a code is one: `IN the town` is not."""
    if alone or value is None:
        return value is None
    return not inside or bool(INDEXED.match(text)) or text.startswith(("TD ", "PUB ", "ART "))


def _displayed(lines: Sequence[Paragraph]) -> tuple[dict[str, str], list[Paragraph]]:
    """The same fields from an article without codes, by the order in which they are shown."""
    at = next((i for i, (_, text) in enumerate(lines) if COUNT.match(text)), None)
    if at is None:
        return {}, list(lines)
    fields = _top(lines[max(0, at - 4) : at]) | {"WC": lines[at][1]}
    at += 1
    below = lines[at : at + HEADER]
    stop = next((i for i, (_, text) in enumerate(below) if COPYRIGHT.match(text)), None)
    if stop is None:
        stop = next((i for i, (_, text) in enumerate(below) if press.language(text)), 2)
    fields |= _header([text for _, text in below[: stop + 1]])
    body = list(lines[at + stop + 1 :])
    if len(body) > 1 and len(body[-1][1].split()) <= 8 and not re.search(r"[.!?…\"'”’»]$", body[-1][1]):
        fields["PUB"] = body.pop()[1]
    return fields, body


def _top(lines: Sequence[Paragraph]) -> dict[str, str]:
    """Section, headline and byline: the lines above the word count."""
    title = next((i for i in reversed(range(len(lines))) if lines[i][0] == "heading"), None)
    texts = [text for _, text in lines][-3:] if title is None else [text for _, text in lines]
    if title is None:
        last = len(texts) - 1
        signed = last > 0 and (BYLINE.match(texts[last]) or last == 2 or _like_names(texts[last], texts[last - 1]))
        title = last - 1 if signed else last
    found = {"HD": texts[title]} if texts else {}
    found |= {"SE": texts[title - 1]} if title > 0 else {}
    return found | ({"BY": " ".join(texts[title + 1 :])} if texts[title + 1 :] else {})


def _like_names(text: str, above: str) -> bool:
    """Whether a line reads like the names of people, below a line that reads like a headline."""
    words = [word for word in text.split() if word.lower() not in ("and", "und", "et", "in", "y", "e")]
    return len(words) <= 5 and all(word[:1].isupper() for word in words) and len(above.split()) > max(3, len(words))


def _header(texts: Sequence[str]) -> dict[str, str]:
    """Date, time, outlet, its short name, edition, page, language and copyright: the lines below the word count."""
    left = list(texts)
    fields: dict[str, str] = {}
    if left and press.day(left[0]):
        fields["PD"] = left.pop(0)
    if left and CLOCK.match(left[0]):
        fields["ET"] = left.pop(0)
    if left and COPYRIGHT.match(left[-1]):
        fields["CY"] = left.pop()
    if len(left) > 1 and press.language(left[-1]):
        fields["LA"] = left.pop()
    if left:
        fields["SN"] = left.pop(0)
    if left and SHORT_NAME.match(left[0]):
        fields["SC"] = left.pop(0)
    if left and re.match(r"^[A-Z]{0,3}\d[\d,; -]*$", left[-1]):
        fields["PG"] = left.pop()
    return fields | ({"ED": " ".join(left)} if left else {})


def _article(fields: dict[str, str], body: Sequence[Paragraph], number: str | None) -> Article:
    day = press.day(f"{fields.get('PD', '')} {fields.get('ET', '')}")
    published = dates.moment(day)
    text, blocks = joined(body)
    count = COUNT.match(fields.get("WC", ""))
    meta = {
        **{name: fields.get(code) for code, name in KEPT.items()},
        **{name: _descriptors(fields.get(code, "")) for code, name in LISTS.items()},
        "length": int(re.sub(r"\D", "", count[1])) if count else None,
    }
    return Article(
        text,
        id=number,
        title=short(fields.get("HD")),
        published=published,
        date_source="source" if published else None,
        outlet=short(fields.get("SN")),
        author=press.author(fields.get("BY")),
        section=short(fields.get("SE")),
        language=press.language(fields.get("LA")),
        meta={name: value for name, value in meta.items() if value},
        blocks=blocks,
    )


def _descriptors(text: str) -> list[str]:
    """The words of an index field: `gpol : Domestic Politics | gvote : Elections` is two."""
    return [part.split(" : ")[-1].strip() for part in text.split(" | ") if part.strip()]
