"""Stretches of a document to find speakers in: sentences, with those that one quotation runs through taken together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from toolkit_quotes.marks import Quotation, Span
from toolkit_quotes.parsed import Parse

Sentence = tuple[int, int, int, bool]
"""Start, end, paragraph, and whether a word is in it that could bring in indirect speech."""
Phrase = tuple[int, int]
"""The first token of a phrase and one past its last."""

MASK = "\ue000"
"""What stands for every character of a quotation while speakers are looked for."""
LONGEST = 6000
"""How many characters a stretch may have."""
BREAK = re.compile(r"[\s,.;:，。；：、]")
TITLES = "Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gens?|Lt|Col|Sgt|Capt|Prof|Rev|Hon|St|Jr|Sr|Adm|Messrs|Supt"
INVERTED = r"(?=-(?:t-)?(?:il|elle|ils|elles)\b)"
TOKEN = re.compile(
    rf"{MASK}+|(?:[A-Z]\.)+(?![a-z])|(?:{TITLES})\.|(?:[ldjmnstcLDJMNSTC]|[Qq]u)['’](?=\w)"
    rf"|\w+{INVERTED}|-(?:t-)?(?=(?:il|elle|ils|elles)\b)|\w+(?:['’\-.&/]\w+)*|--+|[^\w\s]"
)


class Token(NamedTuple):
    """A word, a mark, or a whole quotation, with its place in the document; `low` is the word in lower case."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_quotation(self) -> bool:
        return self.text[0] == MASK

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_name(self) -> bool:
        """Whether it is written with a capital, or in a script that has none."""
        return self.text[0].isalpha() and not self.text[0].islower()

    @property
    def is_link(self) -> bool:
        """Whether it only ties words together, as in "dit-il"."""
        return self.text in ("-", "-t-")


@dataclass
class Stretch:
    """Sentences that belong together: where they stand, their quotations, and their tokens, cut when first asked for.

    `reports` says whether a word is among them that could bring in indirect speech.
    """

    masked: str
    start: int
    end: int
    paragraph: int
    reports: bool
    quotations: list[Quotation]
    parse: Parse | None = None

    @cached_property
    def tokens(self) -> list[Token]:
        found = TOKEN.finditer(self.masked, self.start, self.end)
        return [Token(word := match[0], word.lower().replace("’", "'"), *match.span()) for match in found]

    def phrase(self, span: Span) -> Phrase | None:
        """The tokens that a span of characters covers; None if it covers none."""
        first = max(bisect_right(self.tokens, span[0], key=lambda token: token.start) - 1, 0)
        last = bisect_left(self.tokens, span[1], key=lambda token: token.start)
        return (first, last) if last > first else None

    def characters(self, phrase: Phrase | None) -> Span | None:
        """Where a phrase stands in the document."""
        return (self.tokens[phrase[0]].start, self.tokens[phrase[1] - 1].end) if phrase else None

    @property
    def is_quotation(self) -> bool:
        """Whether it holds nothing but quotations."""
        return all(token.is_quotation or not token.is_word for token in self.tokens)


def stretches(text: str, sentences: Sequence[Sentence], found: Sequence[Quotation]) -> list[Stretch]:
    """The document's stretches, in order."""
    masked = _masked(text, found)
    made: list[Stretch] = []
    at = 0
    for start, end, paragraph, reports in _together(masked, sentences):
        for a, b in _pieces(masked, start, end):
            first = at
            while at < len(found) and found[at].outer[0] < b:
                at += 1
            made.append(Stretch(masked, a, b, paragraph, reports, list(found[first:at])))
    return made


def _pieces(masked: str, start: int, end: int) -> Iterator[Span]:
    """A stretch as it is, or what is far too long for a sentence cut into parts, outside quotations."""
    while end - start > LONGEST:
        cut = BREAK.search(masked, start + LONGEST // 2, end)
        if cut is None:
            break
        yield start, cut.start()
        start = cut.start()
    yield start, end


def _masked(text: str, found: Sequence[Quotation]) -> str:
    parts, done = [], 0
    for quotation in found:
        start, end = quotation.outer
        parts += [text[done:start], MASK * (end - start)]
        done = end
    return "".join([*parts, text[done:]])


def _together(masked: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, those of a paragraph joined that a quotation runs through, or that lower case goes on in."""
    joined: list[Sentence] = []
    for start, end, paragraph, reports in sentences:
        if joined and joined[-1][2] == paragraph:
            first, last, _, before = joined[-1]
            between = masked[last - 1 : start + 1]
            if between == MASK * len(between) or between[-1:].islower():
                joined[-1] = (first, end, paragraph, reports or before)
                continue
        joined.append((start, end, paragraph, reports))
    return joined
