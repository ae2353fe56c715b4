"""Quotation marks: where quoted words begin and end, in every typography, also where a mark is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Side = Literal["open", "close", "either"]

CLOSERS = {
    "“": "”\"", "„": "“”\"", "‟": "”\"", "”": "”\"", '"': '"”“', "＂": "＂", "``": "''", "''": "''", "«": "»", "»": "«",
    "‹": "›", "›": "‹", "「": "」", "『": "』", "〝": "〞〟", "‘": "’", "‚": "‘’", "'": "'’",
}  # fmt: skip
"""Each opening mark and the marks that close it."""

DOUBLE = re.compile(r"""["“”„‟＂«»‹›「」『』〝〞〟]|``|''""")
OPENS = ("„", "‟", "「", "『", "〝", "``")
CLOSES = ("」", "』", "〞", "〟")
BEFORE_OPENING = re.compile(r"[\s(\[{—–―\-/:;,>*'‘“\"]")
AFTER_CLOSING = re.compile(r"[\s)\]},.;:!?…—–―\-/<*'’”\"]")
SAID = re.compile(r"[,.!?](?=\s+(?:\w+\s+){0,3}(?:said|says|told|added|asked|wrote|sagte|dijo)\b)")
"""Where words end that were opened but never closed, if someone "said" them."""

OPENING = re.compile(r"""(?<![\w’‘'])[‘‚'](?=["“]?\w)""")
SINGLE = re.compile(rf"""{OPENING.pattern}|(?<=[\w.,!?…%])[’'‘](?!\w)""")
CLIPPED = re.compile(r"['‘](?:\d\ds?\b|(?:em|til|cause|tis|twas|n|round|bout)\b)", re.IGNORECASE)
"""Words that begin with an apostrophe."""
STOP = ".,!?…"
DEEP = 8
"""How deep quotations within quotations are followed."""
ATTRIBUTE = re.compile(r"""=["“”][^"“”\n<>]*["“”]""")
"""A value in marks that is markup left in the text, and no one's words."""
LABEL = re.compile(r"([A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,3}):\s+(?=\S)")
"""Who speaks in a transcript, before the words."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: `outer` with their marks, `inner` without; `goes_on` if the next paragraph goes on with them.

    `label` is the name that the words begin with in a transcript ("ROE: We do.").
    """

    outer: Span
    inner: Span
    goes_on: bool = False
    label: Span | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the marks in it, each with the side it must stand on."""

    span: Span
    marks: Sequence[Span]
    sides: Sequence[Side]


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """All quoted words of a document, outermost marks only, one for each paragraph that a quotation runs over."""
    marked = list(_marked(text, paragraphs))
    found: list[Quotation] = []
    open_still = False
    for number, paragraph in enumerate(marked):
        here = list(_of_paragraph(text, paragraph, open_still, marked[number + 1 : number + 4]))
        open_still = bool(here) and here[-1].goes_on
        found += here
    kept = [q for q in found if q.inner[1] > q.inner[0]]
    if not any(mark in text for mark in "‘‚'"):
        return kept
    return sorted([*kept, *_single(text, paragraphs, kept)], key=lambda q: q.outer)


def _marked(text: str, paragraphs: Sequence[Span]) -> Iterator[Paragraph]:
    turned = -1 < text.find("»") < text.find("«")
    markup = {place for match in ATTRIBUTE.finditer(text) for place in (match.start() + 1, match.end() - 1)}
    for span in paragraphs:
        marks = [match.span() for match in DOUBLE.finditer(text, *span)]
        if markup:
            marks = [mark for mark in marks if mark[0] not in markup]
        yield Paragraph(span, marks, [_side(text, mark, span, turned) for mark in marks])


def _side(text: str, mark: Span, paragraph: Span, turned: bool) -> Side:
    """Whether a mark opens, closes, or may do either; `turned` if guillemets open to the right, as in German."""
    character = text[mark[0] : mark[1]]
    before = text[mark[0] - 1] if mark[0] > paragraph[0] else " "
    after = text[mark[1]] if mark[1] < paragraph[1] else " "
    if character in OPENS or character in CLOSES:
        return "open" if character in OPENS else "close"
    if character in "«»‹›":
        return "open" if (character in "»›") == turned else "close"
    can_open = bool(BEFORE_OPENING.match(before)) and not after.isspace()
    can_close = bool(AFTER_CLOSING.match(after)) and not before.isspace()
    if can_open != can_close and character not in "“”":
        return "open" if can_open else "close"
    if character == "“" and (can_open or not can_close):
        return "open"
    if character == "”" and (can_close or not can_open):
        return "close"
    if can_open != can_close:
        return "open" if can_open else "close"
    return "either"


def _of_paragraph(
    text: str, paragraph: Paragraph, open_still: bool, following: Sequence[Paragraph]
) -> Iterator[Quotation]:
    """The quotations of one paragraph; `open_still` if the one before left a quotation open."""
    start, end = paragraph.span
    if open_still and not paragraph.marks:
        yield _quotation(text, (start, end), (start, end), goes_on=_goes_on(text, following))
        return
    opened: Span | None = None
    nested: list[str] = []
    free = start
    left = sum(-1 if side == "open" else 1 for side in paragraph.sides)
    for mark, side in zip(paragraph.marks, paragraph.sides, strict=True):
        character = text[mark[0] : mark[1]]
        left += 1 if side == "open" else -1
        if opened is None:
            if side == "close":
                yield from _orphan(text, (free, mark[0]), mark[1], carried=open_still and free == start)
                free = mark[1]
            elif side == "open" or not text[mark[0] - 1 : mark[0]].isdigit():
                opened, nested = mark, [character]
        elif side == "open" and character == nested[0] and left < 2:
            cut = _trimmed(text, opened[1], mark[0])
            yield _quotation(text, (opened[0], cut), (opened[1], cut))
            opened, nested = mark, [character]
        elif side == "open":
            nested = [*nested[:DEEP], character]
        else:
            closed = next(
                (level for level in reversed(range(len(nested))) if character in CLOSERS[nested[level]]), None
            )
            nested = nested if closed is None else nested[:closed]
            if not nested:
                yield _quotation(text, (opened[0], mark[1]), (opened[1], mark[0]))
                opened, free = None, mark[1]
    if opened is not None:
        on = _goes_on(text, following)
        cut_off = None if on else SAID.search(text, opened[1], end)
        last = cut_off.end() if cut_off else _trimmed(text, opened[1], end)
        yield _quotation(text, (opened[0], last), (opened[1], last), goes_on=on)


def _orphan(text: str, words: Span, end: int, *, carried: bool) -> Iterator[Quotation]:
    """The quotation before a closing mark that nothing opened; none if the mark follows a number, as inches do."""
    first = next((place for place in range(*words) if text[place].isalnum()), words[0])
    if carried or (words[1] - first > 12 and " " in text[first : words[1]] and not text[words[1] - 1].isdigit()):
        yield _quotation(text, (first, end), (first, words[1]))


def _goes_on(text: str, following: Sequence[Paragraph]) -> bool:
    """Whether a quotation left open goes on: the next paragraph opens it again, or one of the next few closes it."""
    if following and following[0].marks and following[0].sides[0] == "open":
        return following[0].marks[0][0] == following[0].span[0]
    return next((p.sides[0] == "close" for p in following if p.marks), False)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _quotation(text: str, outer: Span, inner: Span, *, goes_on: bool = False) -> Quotation:
    """A quotation, blank space and a comma at its ends left out of what was said."""
    start, end = inner
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",，、"):
        end -= 1
    label = LABEL.match(text, start, end)
    return Quotation(outer, (label.end() if label else start, end), goes_on, label.span(1) if label else None)


def _single(text: str, paragraphs: Iterable[Span], double: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations in single marks that lie outside those in double marks."""
    taken = iter(double)
    ahead = next(taken, None)
    for start, end in paragraphs:
        edge = start
        while ahead is not None and ahead.outer[0] < end:
            yield from _pairs(text, edge, ahead.outer[0])
            edge, ahead = ahead.outer[1], next(taken, None)
        yield from _pairs(text, edge, end)


def _pairs(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Single marks in pairs: a quotation ends after a stop or a comma if it can, since other marks may be apostrophes."""
    if OPENING.search(text, start, end) is None:
        return
    opened: Span | None = None
    closing: list[int] = []
    for match in SINGLE.finditer(text, start, end):
        place = match.start()
        opens = text[place] in "‘‚'" and not (place and (text[place - 1].isalnum() or text[place - 1] in ".,!?…%"))
        if opens and CLIPPED.match(text, place):
            continue
        if opens:
            yield from _paired(text, opened, closing)
            opened, closing = match.span(), []
        elif opened is not None and text[place] in CLOSERS[text[opened[0]]]:
            closing.append(place)
    yield from _paired(text, opened, closing)


def _paired(text: str, opened: Span | None, closing: Sequence[int]) -> Iterator[Quotation]:
    if opened is not None and closing:
        end = next((place for place in closing if text[place - 1] in STOP), closing[0])
        yield _quotation(text, (opened[0], end + 1), (opened[1], end))
