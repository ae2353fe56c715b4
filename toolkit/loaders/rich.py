"""Rich text (RTF) to paragraphs: letters of any code page, headings by style, outline or bold type; no pictures, no hidden text.

After the Rich Text Format Specification 1.9.1 (Microsoft, 2008).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from toolkit.loaders.bounded import TooLarge
from toolkit.loaders.paragraphs import Manuscript, Paragraph, kind_of_style, looks_like_heading

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
DEEPEST = 2000
LONGEST = 500_000
"""Groups within one another, and paragraphs, that are read."""

CHARACTERS = {
    "tab": " ", "line": "\n", "lbr": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "~": "\N{NO-BREAK SPACE}", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
ENDS = {"par", "page", "sect", "cell", "nestcell", "row", "nestrow", "column", "\n", "\r"}
SKIPPED = {
    "colortbl", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
    "footnote", "annotation", "fldinst", "nonshppict", "xe", "tc", "rxe", "txe", "filetbl", "revtbl", "listtable",
    "listoverridetable", "generator", "bkmkstart", "bkmkend", "operator", "company", "keywords", "subject", "comment", "doccomm",
    "hlinkbase", "category", "manager", "printim", "revtim", "buptim", "docvar", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc",
}  # fmt: skip
"""Groups whose words are not the document's; so is every group that begins with `\\*`."""

CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
"""Windows code pages by the charset of a font."""


@dataclass(slots=True)
class Group:
    """What holds between a pair of braces."""

    into: str = "text"
    encoding: str = ""
    fallback: int = 1
    bold: bool = False
    hidden: bool = False
    starred: bool = False


@dataclass
class Reader:
    """The state of reading one file."""

    most: int | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    groups: list[Group] = field(default_factory=lambda: [Group()])
    told: dict[str, str] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    codepage: str = "cp1252"
    pieces: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    surrogate: int = 0
    skip: int = 0
    number: int = -1
    style: int = -1
    kind: str | None = None
    plain: int = 0
    day: dict[str, int] = field(default_factory=dict)


def is_rich(head: bytes) -> bool:
    """Whether bytes begin like RTF."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read(raw: bytes, most: int | None = None) -> Manuscript:
    """The manuscript in RTF; of a long one the first `most` paragraphs. Raises TooLarge if its groups are nested too deeply."""
    text = raw.decode("latin-1")
    reader = Reader(most)
    at = 0
    while at < len(text) and not (most and len(reader.paragraphs) >= most):
        token = TOKEN.match(text, at)
        if token is None:
            at += 1
            continue
        at = token.end()
        word, number, code, symbol, brace, run = token.groups()
        if run is not None:
            _run(reader, run.encode("latin-1"))
        elif word is not None:
            at += _word(reader, word, int(number) if number else None)
        elif code is not None:
            _run(reader, bytes.fromhex(code))
        elif brace is not None:
            _brace(reader, brace)
        elif symbol is not None:
            _symbol(reader, symbol)
    _end(reader)
    return Manuscript(reader.paragraphs, reader.told.get("title"), reader.told.get("author"), _created(reader.day))


def _brace(reader: Reader, brace: str) -> None:
    _flush(reader)
    reader.skip = 0
    if brace == "{":
        if len(reader.groups) >= DEEPEST:
            raise TooLarge(f"has groups nested more than {DEEPEST} deep")
        reader.groups.append(replace(reader.groups[-1], starred=False))
    elif len(reader.groups) > 1:
        reader.groups.pop()


def _run(reader: Reader, run: bytes) -> None:
    """Letters, in the code page that holds; those that only stand in for a Unicode letter are passed over."""
    if reader.skip:
        passed = min(reader.skip, len(run))
        reader.skip -= passed
        run = run[passed:]
    reader.waiting += run


def _symbol(reader: Reader, symbol: str) -> None:
    if symbol == "*":
        reader.groups[-1].starred = True
    elif symbol in ENDS:
        _end(reader)
    elif symbol in CHARACTERS:
        _add(reader, CHARACTERS[symbol])


def _word(reader: Reader, word: str, number: int | None) -> int:
    """Does what a control word says; gives the number of bytes to jump over."""
    group = reader.groups[-1]
    if group.starred:
        group.into, group.starred = "", False
    if word == "bin":
        return max(0, number or 0)
    if word in SKIPPED:
        group.into = ""
    elif word in CHARACTERS:
        _add(reader, CHARACTERS[word])
    elif word in ENDS:
        _end(reader)
    elif word in WORDS:
        _flush(reader)
        WORDS[word](reader, group, number)
    elif group.into == "creatim" and number is not None:
        reader.day[word] = number
    return 0


def _add(reader: Reader, text: str) -> None:
    _flush(reader)
    _put(reader, text)


def _flush(reader: Reader) -> None:
    """Decode the letters that wait."""
    if reader.waiting:
        text = bytes(reader.waiting).decode(reader.groups[-1].encoding or reader.codepage, errors="replace")
        reader.waiting.clear()
        _put(reader, text)


def _put(reader: Reader, text: str) -> None:
    group = reader.groups[-1]
    if group.into == "text":
        if not group.hidden:
            reader.pieces.append(text)
            reader.plain += 0 if group.bold or not text.strip() else 1
    elif group.into in ("title", "author"):
        reader.told[group.into] = reader.told.get(group.into, "") + text
    elif group.into == "stylesheet":
        kind = kind_of_style(text.strip().rstrip(";"))
        if kind:
            reader.styles[reader.number] = kind


def _end(reader: Reader) -> None:
    """End a paragraph."""
    _flush(reader)
    text = "".join(reader.pieces)
    if text.strip():
        if len(reader.paragraphs) >= LONGEST:
            raise TooLarge(f"has more than {LONGEST:,} paragraphs")
        styled = reader.kind or reader.styles.get(reader.style)
        set_off = reader.plain == 0 and looks_like_heading(text)
        reader.paragraphs.append((styled or ("heading" if set_off else "body"), text))
    reader.pieces.clear()
    reader.plain = 0


def _unicode(reader: Reader, group: Group, number: int | None) -> None:
    unit = (number or 0) & 0xFFFF
    if 0xD800 <= unit < 0xDC00:
        reader.surrogate = unit
    elif 0xDC00 <= unit < 0xE000:
        if reader.surrogate:
            _put(reader, chr(0x10000 + ((reader.surrogate - 0xD800) << 10) + unit - 0xDC00))
        reader.surrogate = 0
    else:
        _put(reader, chr(unit))
    reader.skip = group.fallback


def _codepage(reader: Reader, group: Group, number: int | None) -> None:
    try:
        reader.codepage = codecs.lookup(f"cp{number}").name
    except LookupError:
        reader.codepage = "cp1252"


def _font(reader: Reader, group: Group, number: int | None) -> None:
    if group.into == "fonttbl":
        reader.number = number or 0
    else:
        group.encoding = reader.fonts.get(number or 0, "")


def _charset(reader: Reader, group: Group, number: int | None) -> None:
    if group.into == "fonttbl" and number != 1:
        reader.fonts[reader.number] = CHARSETS.get(number or 0, "")


def _style(reader: Reader, group: Group, number: int | None) -> None:
    if group.into == "stylesheet":
        reader.number = number or 0
    elif group.into == "text":
        reader.style = number or 0


def _outline(reader: Reader, group: Group, number: int | None) -> None:
    if group.into == "text" and (number or 0) < 9:
        reader.kind = "heading"


def _plain_paragraph(reader: Reader, group: Group, number: int | None) -> None:
    if group.into == "text":
        reader.style, reader.kind = -1, None


def _plain_type(reader: Reader, group: Group, number: int | None) -> None:
    group.bold = group.hidden = False
    group.encoding = ""


def _bold(reader: Reader, group: Group, number: int | None) -> None:
    group.bold = number != 0


def _hidden(reader: Reader, group: Group, number: int | None) -> None:
    group.hidden = number != 0


def _fallback(reader: Reader, group: Group, number: int | None) -> None:
    group.fallback = max(0, min(number or 0, 16))


def _listed(reader: Reader, group: Group, number: int | None) -> None:
    if group.into == "text":
        reader.kind = "list"
    group.into = ""


def _into(name: str) -> Callable[[Reader, Group, int | None], None]:
    def begin(reader: Reader, group: Group, number: int | None) -> None:
        group.into = name

    return begin


WORDS: dict[str, Callable[[Reader, Group, int | None], None]] = {
    "u": _unicode, "uc": _fallback, "ansicpg": _codepage, "f": _font, "fcharset": _charset, "s": _style,
    "outlinelevel": _outline, "pard": _plain_paragraph, "plain": _plain_type, "b": _bold, "v": _hidden, "deleted": _hidden,
    "fonttbl": _into("fonttbl"), "stylesheet": _into("stylesheet"), "info": _into("info"), "title": _into("title"),
    "author": _into("author"), "creatim": _into("creatim"), "listtext": _listed, "pntext": _listed,
}  # fmt: skip


def _created(day: dict[str, int]) -> datetime | None:
    try:
        return datetime(day["yr"], day["mo"], day["dy"], day.get("hr", 0), day.get("min", 0), tzinfo=UTC)
    except (KeyError, ValueError):
        return None
