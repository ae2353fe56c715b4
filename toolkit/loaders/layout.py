"""The lines of printed pages, put together to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from toolkit.loaders.paragraphs import Paragraph, looks_like_heading

CHARACTERS = 200_000
"""Characters that are read of one page at most."""

LARGER = 1.15
"""Type this much larger than that of the body is a heading's."""

HEAVIER = 150
"""Type this much heavier (of 100 to 900) than that of the body is bold."""

NUMBER = re.compile(r"^\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)
"""A page number."""

BULLET = re.compile(r"[•◦▪‣·*–-]\s")
HYPHENS = "-\x02\u00ad\u2010"
SOFT = "\u00ad"
DIVIDED = re.compile(r"(\w+)\x02(\w+)")
TERMINAL = re.compile(r"[.!?…:][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of type: its text, the left and right end and the base line in points, the size and weight of its type."""

    text: str
    left: float
    right: float
    base: float
    size: float
    weight: int


Page = list[Line]


@dataclass(frozen=True, slots=True)
class Printed:
    """What is read of a PDF: the lines of its first pages, how many pages it has, what it says of itself, and why it cannot be read."""

    pages: Sequence[Page] = ()
    total: int = 0
    told: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None


def read(raw: bytes, most: int) -> Printed:
    """The first `most` pages of a PDF, lines in their reading order. To be called in a process of its own: it is native code."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        total = len(document)
        told = {key: str(value) for key, value in document.get_metadata_dict().items() if value}
        return Printed([_page(document, number) for number in range(min(total, most))], total, told)
    except pypdfium2.PdfiumError as error:
        return Printed(fault=str(error))


def _page(document: Any, number: int) -> Page:
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    try:
        return list(_lines(text))
    finally:
        text.close()
        page.close()


def _lines(page: Any) -> Iterator[Line]:
    """The lines of a page's text: PDFium puts a line's end where the type jumps."""
    from pypdfium2 import raw

    count = min(page.count_chars(), CHARACTERS)
    start = 0
    units: list[int] = []
    for at in range(count + 1):
        unit = raw.FPDFText_GetUnicode(page.raw, at) if at < count else 10
        if unit in (10, 13):
            text = bytes(b for u in units for b in (u & 0xFF, u >> 8 & 0xFF)).decode("utf-16-le", errors="replace")
            if text.strip():
                yield _line(page, text, start, at - 1)
            start, units = at + 1, []
        elif unit <= 0xFFFF:
            units.append(unit)
        else:
            high = unit - 0x10000
            units += [0xD800 + (high >> 10 & 0x3FF), 0xDC00 + (high & 0x3FF)]


def _line(page: Any, text: str, first: int, last: int) -> Line:
    from ctypes import byref, c_double

    from pypdfium2 import raw

    left, right, bottom, top, x, base = (c_double() for _ in range(6))
    raw.FPDFText_GetCharOrigin(page.raw, first, byref(x), byref(base))
    raw.FPDFText_GetCharBox(page.raw, last, byref(left), byref(right), byref(bottom), byref(top))
    size = raw.FPDFText_GetFontSize(page.raw, first)
    return Line(text, x.value, right.value, base.value, size, _weight(page, first))


def _weight(page: Any, at: int) -> int:
    """The weight of a letter's type: as PDFium knows it, or as the name of the font says."""
    from ctypes import byref, c_int, create_string_buffer

    from pypdfium2 import raw

    name = create_string_buffer(200)
    raw.FPDFText_GetFontInfo(page.raw, at, name, len(name), byref(c_int()))
    return max(int(raw.FPDFText_GetFontWeight(page.raw, at)), 700 if b"bold" in name.value.lower() else 400)


def paragraphs(pages: Sequence[Page]) -> list[Paragraph]:
    """Paragraphs and headings of pages, without the lines that run along their tops and bottoms."""
    everything = [line for page in pages for line in page]
    if not everything:
        return []
    size = _mode(everything, "size")
    lines = [line for page in _without_running(pages, size) for line in page]
    if not lines:
        return []
    weight = _mode(lines, "weight")
    leading = _leading(lines, size)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).lower()))
    groups: list[list[Line]] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if above is None or _breaks(above, line, leading, groups[-1]):
            groups.append([])
        groups[-1].append(line)
    return [(_kind(group, size, weight), _joined([line.text for line in group], words)) for group in groups]


def _mode(lines: Sequence[Line], of: str) -> float:
    """The value that most letters have."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(getattr(line, of), 1)] += len(line.text)
    return counts.most_common(1)[0][0]


def _leading(lines: Sequence[Line], size: float) -> float:
    """The usual distance from one base line to the next within a paragraph."""
    steps = Counter(
        round(above.base - line.base, 0)
        for above, line in pairwise(lines)
        if abs(above.size - line.size) < 0.5 and 0 < above.base - line.base < 2.5 * max(size, 1)
    )
    return min(steps, key=lambda step: (-steps[step], step)) if steps else 1.2 * size


def _breaks(above: Line, line: Line, leading: float, group: Sequence[Line]) -> bool:
    """Whether a paragraph ends between two lines: by a change of type, by space, by an indent, or at the end of a column."""
    if abs(above.size - line.size) > 0.05 * max(above.size, 1) or abs(above.weight - line.weight) >= HEAVIER:
        return True
    step = above.base - line.base
    ended = bool(TERMINAL.search(above.text.rstrip()))
    width = max(part.right for part in group) - min(part.left for part in group)
    if not -0.3 * leading < step < 3 * max(leading, line.size):
        return ended or (above.right - above.left < 0.75 * width and line.text[:1].isupper())
    if step > 1.35 * max(leading, 1.05 * line.size):
        return True
    return ended and step > 0.3 * leading and line.left > above.left + max(0.7 * line.size, 4)


def _kind(group: Sequence[Line], size: float, weight: float) -> str:
    first, text = group[0], " ".join(line.text for line in group)
    if BULLET.match(text):
        return "list"
    large = first.size >= LARGER * size and len(text.split()) <= 30
    heavy = (first.weight - weight >= HEAVIER or text.isupper()) and looks_like_heading(text)
    return "heading" if large or heavy else "body"


def _joined(texts: Sequence[str], words: Counter[str]) -> str:
    """Lines as one text; a word divided at a line's end is put together unless the text writes it with its hyphen elsewhere."""
    parts: list[str] = []
    for text in (" ".join(text.split()) for text in texts):
        above = parts[-1] if parts else ""
        divided = re.search(r"\w+$", above[-61:-1]) if above[-1:] and above[-1] in HYPHENS else None
        following = re.match(r"\w+", text)
        if divided and following:
            one = above[-1] == SOFT or _one_word(divided[0], following[0], words)
            parts[-1] = above[:-1] + ("" if one else "-")
        elif above:
            parts.append(" ")
        parts.append(text)
    return DIVIDED.sub(lambda divided: _mended(divided, words), "".join(parts).replace(SOFT, "")).replace("\x02", "-")


def _mended(divided: re.Match[str], words: Counter[str]) -> str:
    """A word that PDFium knows to be divided, and has put together itself."""
    return "".join(divided.groups()) if _one_word(divided[1], divided[2], words) else "-".join(divided.groups())


def _one_word(head: str, tail: str, words: Counter[str]) -> bool:
    """Whether what stands on both sides of a hyphen at a line's end is one word."""
    together, apart = words[(head + tail).lower()], words[f"{head}-{tail}".lower()]
    return tail[:1].islower() and head[-1:].isalpha() and together >= apart


def _without_running(pages: Sequence[Page], size: float) -> Iterator[Page]:
    """Pages without headers, footers and page numbers: outermost lines, no larger than the body, that half the pages have."""
    margins = [[line for line in _margins(page) if line.size < LARGER * size] for page in pages]
    seen = Counter(shape for page in margins for shape in {_shape(line) for line in page})
    often = max(2, 0.5 * sum(1 for page in pages if page))
    for page, outer in zip(pages, margins, strict=True):
        running = {id(line) for line in outer if seen[_shape(line)] >= often or NUMBER.match(line.text.strip())}
        yield [line for line in page if id(line) not in running]


def _margins(page: Page) -> Page:
    """The two highest and the two lowest lines of a page, with what stands beside them."""
    bases = sorted({round(line.base) for line in page})
    outer = {*bases[:2], *bases[-2:]}
    return [line for line in page if round(line.base) in outer]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", " ".join(line.text.split()).lower())
