"""Exports of press databases: which database wrote a file, and the file as lines, whatever its format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from toolkit.article import Source
from toolkit.loaders import dates, fragment, rich, word
from toolkit.loaders.bounded import BROKEN, TooLarge, whole
from toolkit.loaders.encodings import decode, is_binary, marked
from toolkit.loaders.paragraphs import Paragraph, unwrapped

Database = Literal["nexis", "factiva"]

GLIMPSE = 2**20
"""Bytes of a rich text that are looked at to see who wrote it; its head may be fonts and a logo."""

NUMBERED = r"(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ (?:of|de|di|van|von) \d+)"
ACCESSION = r"(?:Document|Dokument|Documento|文件|文書)\s+[A-Z][A-Z0-9]{0,9}0*\d{8}[a-z0-9]{8,10}"
OLD_LABELS = "LENGTH|LÄNGE|LONGUEUR|LENGTE|LUNGHEZZA|LONGITUD|LOAD-DATE|LANGUAGE|HEADLINE"


@dataclass(frozen=True)
class Mark:
    """A line that one database writes. Each holds one of `words`, which are quickly looked for."""

    words: tuple[str, ...]
    line: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        return any(word in text for word in self.words) and self.line.search(text) is not None


def _mark(line: str, *words: str) -> Mark:
    return Mark(words, re.compile(rf"^[ \t\xa0]*{line}[ \t\xa0\r]*$", re.M))


NUMBERED_LINE = _mark(NUMBERED, "DOCUMENT", "Dokument ", "Document ")
MARKS: tuple[tuple[Database, tuple[Mark, ...]], ...] = (
    ("nexis", (NUMBERED_LINE, _mark(rf"(?:{OLD_LABELS}):.*", *OLD_LABELS.split("|")))),
    ("nexis", (_mark(r"Job Number:.*", "Job Number:"), _mark(r"Documents? \(\d+\)", "Document"))),
    (
        "nexis",
        (
            _mark(r"Length:\s*[\d,.]+ words.*", "Length:"),
            _mark(r"(?:Body|Load-Date:.*|End of Document)", "Body", "Load-Date:", "End of"),
        ),
    ),
    ("factiva", (_mark(rf"(?:AN\s+)?{ACCESSION}", "Document", "Dokument", "文件", "文書"),)),
    ("factiva", tuple(_mark(rf"{code}(?:\s.*)?", code) for code in ("SN", "HD", "WC", "PD", "LA"))),
)
"""Lines that, found together, show which database wrote an export."""

LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "francais": "fr", "spanish": "es",
    "español": "es", "espanol": "es", "italian": "it", "italiano": "it", "dutch": "nl", "nederlands": "nl", "portuguese": "pt",
    "português": "pt", "portugues": "pt", "russian": "ru", "русский": "ru", "polish": "pl", "polski": "pl", "swedish": "sv",
    "svenska": "sv", "danish": "da", "dansk": "da", "norwegian": "no", "norsk": "no", "finnish": "fi", "suomi": "fi",
    "czech": "cs", "slovak": "sk", "hungarian": "hu", "romanian": "ro", "bulgarian": "bg", "greek": "el", "turkish": "tr",
    "türkçe": "tr", "arabic": "ar", "العربية": "ar", "hebrew": "he", "chinese": "zh", "中文": "zh", "japanese": "ja", "日本語": "ja",
    "korean": "ko", "한국어": "ko", "ukrainian": "uk", "catalan": "ca", "indonesian": "id", "bahasa indonesia": "id", "malay": "ms",
    "thai": "th", "vietnamese": "vi", "hindi": "hi", "persian": "fa", "farsi": "fa", "serbian": "sr", "croatian": "hr",
    "slovenian": "sl", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "afrikaans": "af",
}  # fmt: skip
"""ISO 639-1 codes by the names that exports write, in English or in the language itself."""

DAY = re.compile(
    r"(?:\b[^\W\d_]+\.?\s+\d{1,2}\s*,\s*|\b\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]+\.?\s+(?:de\s+)?|^[^\W\d_]+\.?\s+)\d{4}\b"
)
CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]\.?M\b\.?)?(?:\s+(?:[A-Z]{2,4}\b|[+-]\d{1,2}:00))?", re.I)
ORDINAL = re.compile(r"\b(\d{1,2})(?:er|º)\b")
OFFSET = re.compile(r"\b(?:GMT|UTC)([+-])(\d{1,2})\b")
"""`GMT+1` is one hour east of Greenwich."""

BYLINE = re.compile(r"^(?:by|von|par|por|di|door)\s+(?=\S)", re.I)


def database(source: Source) -> Database | None:
    """The press database whose export a source is, by the marks its articles carry; None if it is none."""
    head = source.head
    if source.value is not None or not head or (head[:1] in b"{[" and not rich.is_rich(head)):  # JSON is no export
        return None
    text = _glimpse(source)
    return next((name for name, marks in MARKS if all(mark.is_in(text) for mark in marks)), None)


def lines(source: Source) -> list[Paragraph]:
    """The export as lines of known kind, one for each paragraph or field. Raises what the reader of its format raises."""
    raw, head = whole(source), source.head
    if word.is_word(head):
        paragraphs = list(word.read(raw).paragraphs)
    elif rich.is_rich(head):
        paragraphs = list(rich.read(raw).paragraphs)
    else:
        text, note = decode(raw)
        if note:
            source.problem(f"{note}.")
        paragraphs = fragment.paragraphs(text) if _is_html(head) else [("body", part) for part in _plain(text)]
    return [(kind, " ".join(line.split())) for kind, text in paragraphs for line in text.splitlines() if line.strip()]


def language(named: str | None) -> str | None:
    """The code of a language as an export names it: `GERMAN; DEUTSCH` is `de`; None if unknown."""
    parts = re.split(r"[;,/(]", (named or "").casefold())
    return next((LANGUAGES[part.strip()] for part in parts if part.strip() in LANGUAGES), None)


def day(text: str | None) -> str | None:
    """The day that a line names, with its time of day, as it can be read by `dates.moment`; None if it names none."""
    text = OFFSET.sub(r"\1\2:00", ORDINAL.sub(r"\1", text or ""))
    found = DAY.search(text)
    if not found or dates.moment(found[0]) is None:
        return None
    clock = CLOCK.search(text, found.end())
    return f"{found[0]} {clock[0]}" if clock and dates.moment(f"{found[0]} {clock[0]}") else found[0]


def author(text: str | None) -> str | None:
    """A byline without its `By`; None if there is none."""
    return BYLINE.sub("", (text or "").strip()).strip(" ;,|") or None


def _glimpse(source: Source) -> str:
    """As much of a source's text as shows who wrote it; empty for what is no text."""
    head = source.head
    try:
        if word.is_word(head):
            return "\n".join(text for _, text in word.read(whole(source), most=400).paragraphs)
        if rich.is_rich(head):
            with source.open() as stream:
                return "\n".join(text for _, text in rich.read(stream.read(GLIMPSE), most=400).paragraphs)
    except (*BROKEN, RuntimeError, TooLarge):
        return ""
    if is_binary(head):
        return ""
    if not _is_html(head):
        return head.decode(marked(head) or "utf-8", errors="replace")
    if b"Factiva" not in head and b"factiva" not in head:
        return ""
    with source.open() as stream:
        return "\n".join(text for _, text in fragment.paragraphs(decode(stream.read(GLIMPSE))[0]))


def _plain(text: str) -> list[str]:
    """The lines of a plain text; the older exports of Nexis are wrapped at a margin."""
    return unwrapped(text) if NUMBERED_LINE.is_in(text) else text.splitlines()


def _is_html(head: bytes) -> bool:
    return bool(re.match(rb"[\s\xef\xbb\xbf]*<(!doctype html|html|head|body|div|\?xml)", head, re.I))
