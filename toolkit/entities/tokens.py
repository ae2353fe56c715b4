"""Text to tokens, all at once: offsets, and a hash of each token's letters, as arrays."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from toolkit.entities.lexicon import BEFORE_STOP, NAMED, USUAL, Lexicon

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

PRIME = 0x9E3779B97F4A7C15
INVERSE = pow(PRIME, -1, 2**64)
SPACE, WORD, MARK = 0, 1, 2
APOSTROPHE, HYPHEN, STOP, COMMA = map(ord, "'-.,")


@dataclass(frozen=True)
class Alphabet:
    """What each code point below 0x10000 is: its kind, its lower case, whether it is a capital or a digit."""

    kind: npt.NDArray[np.uint8]
    lower: npt.NDArray[np.uint32]
    plain: npt.NDArray[np.uint32]
    upper: Flags
    digit: Flags


@lru_cache(maxsize=1)
def alphabet() -> Alphabet:
    """The tables, made once from Python's Unicode data; a quotation mark or dash counts as its ASCII twin."""
    chars = [chr(code) for code in range(0x10000)]
    category = [unicodedata.category(c)[0] for c in chars]
    kind = np.array(
        [SPACE if c.isspace() else WORD if k in "LMN" else MARK for c, k in zip(chars, category, strict=True)], np.uint8
    )
    kind[[0, 0xFEFF, 0x200B, 0x200E, 0x200F]] = SPACE
    plain = np.arange(0x10000, dtype=np.uint32)
    for twins, mark in (("’‘ʼ`´", APOSTROPHE), ("‐‑", HYPHEN), ("–—−", ord("–"))):
        plain[[ord(c) for c in twins]] = mark
    folded = [c.lower() for c in chars]
    lower = np.array([ord(f) if len(f) == 1 else code for code, f in enumerate(folded)], np.uint32)
    lower = np.where(plain == np.arange(0x10000), lower, plain).astype(np.uint32)
    upper = np.array([c.isupper() or c.istitle() for c in chars])
    digit = np.array([c.isdigit() for c in chars])
    return Alphabet(kind, lower, plain, upper, digit)


def mixed(values: Hashes) -> Hashes:
    """`values` with their bits spread, so that any few of them tell two values apart (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class Letters:
    """The code points of a text, and the hash of any stretch of them.

    A stretch's hash is its polynomial in PRIME, taken from running sums: as PRIME is odd it has an inverse modulo
    2**64, by which the power a stretch begins with is divided out.
    """

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        table = alphabet()
        self.codes = np.where(codes < 0x10000, codes, 0xFFFF).astype(np.uint32)
        self.kind = table.kind[self.codes]
        self.upper = table.upper[self.codes]
        self.digit = table.digit[self.codes]
        self.plain = table.plain[self.codes]
        size = len(codes) + 1
        self._inverse = powers(INVERSE, size)
        power = powers(PRIME, size)[:-1]
        self._exact = running(self.plain.astype(np.uint64) * power)
        self._lower = running(table.lower[self.codes].astype(np.uint64) * power)

    def exact(self, start: Ints, end: Ints) -> Hashes:
        """Hashes of the stretches as written."""
        return mixed((self._exact[end] - self._exact[start]) * self._inverse[start])

    def lower(self, start: Ints, end: Ints) -> Hashes:
        """Hashes of the stretches in lower case."""
        return mixed((self._lower[end] - self._lower[start]) * self._inverse[start])


def powers(base: int, size: int) -> Hashes:
    """base**0, base**1 ... modulo 2**64; the longest asked for so far is kept."""
    kept = _POWERS.get(base)
    if kept is None or len(kept) < size:
        kept = np.full(max(size, 1 << 16), base, np.uint64)
        kept[0] = 1
        _POWERS[base] = kept = np.multiply.accumulate(kept)
    return kept[:size]


_POWERS: dict[int, Hashes] = {}


def running(values: Hashes) -> Hashes:
    return np.concatenate([np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)])


@dataclass(frozen=True)
class Tokens:
    """The tokens of a text, as arrays of one length."""

    letters: Letters
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def exact(self) -> Hashes:
        return self.letters.exact(self.start, self.end)

    @cached_property
    def lower(self) -> Hashes:
        return self.letters.lower(self.start, self.end)

    @cached_property
    def first(self) -> npt.NDArray[np.uint32]:
        """The first code point."""
        return self.letters.plain[self.start] if len(self) else np.zeros(0, np.uint32)

    @cached_property
    def word(self) -> Flags:
        return self.letters.kind[self.start] == WORD if len(self) else np.zeros(0, bool)

    @cached_property
    def capital(self) -> Flags:
        """The first letter is a capital."""
        return self.letters.upper[self.start] if len(self) else np.zeros(0, bool)

    def count(self, flags: Flags) -> Ints:
        """How many characters of each token are flagged."""
        totals = np.concatenate([np.zeros(1, np.int64), np.cumsum(flags)])
        return np.asarray(totals[self.end] - totals[self.start])


def tokenise(text: str, lexicon: Lexicon) -> Tokens:
    """The tokens of `text`: words, numbers and single marks.

    U.S., J., Mr. and 4.5 are one token; a possessive 's is one of its own; O'Neill, AT&T, Jean-Claude and al-Qaeda stay
    whole, while Moscow-based and Russia-Ukraine are taken apart.
    """
    letters = Letters(text)
    kind = letters.kind
    if not kind.any():
        nothing = np.zeros(0, np.int64)
        return Tokens(letters, nothing, nothing)
    begins = kind != SPACE
    begins[1:] &= (kind[1:] == MARK) | (kind[:-1] != kind[1:])
    start = np.flatnonzero(begins)
    ends = kind != SPACE
    ends[:-1] &= (kind[:-1] == MARK) | (kind[:-1] != kind[1:])
    end = np.flatnonzero(ends) + 1
    glued = joins(letters, start, end, lexicon)
    keep = ~glued
    return Tokens(letters, start[keep], end[np.append(np.flatnonzero(keep)[1:] - 1, len(end) - 1)])


def joins(letters: Letters, start: Ints, end: Ints, lexicon: Lexicon) -> Flags:
    """Which pieces belong to the token of the piece before them."""
    size = len(start)
    glued = np.zeros(size, bool)
    mark = np.where(letters.kind[start] == MARK, letters.plain[start], 0)
    word = mark == 0
    touch = np.append(start[1:] == end[:-1], False)  # piece k touches k + 1
    upper = letters.upper[start]
    length = end - start
    middle = np.flatnonzero(~word[1:-1] & word[:-2] & word[2:] & touch[:-2] & touch[1:-1]) + 1
    left, right, sign = middle - 1, middle + 1, mark[middle]
    numeric = letters.digit[end[left] - 1] & letters.digit[start[right]]
    single = (length[left] == 1) & ~letters.digit[start[left]]
    possessive = (length[right] == 1) & ((letters.plain[start[right]] | 32) == ord("s"))
    join = (sign == STOP) & (
        numeric | (single & (length[right] == 1)) | (single & upper[left] & upper[right] & (length[right] <= 3))
    )
    join |= (sign == COMMA) & numeric & (length[right] == 3)
    join |= (sign == APOSTROPHE) & ~numeric & ~possessive
    join |= (sign == ord("&")) | (sign == ord("_"))
    hyphen = np.flatnonzero(sign == HYPHEN)
    if len(hyphen):
        before, after = left[hyphen], right[hyphen]
        known_after = lexicon.of(letters.lower(start[after], end[after]))
        both = lexicon.of(letters.lower(start[before], end[before])) & known_after & NAMED
        apart = upper[before] & ~upper[after] & (length[before] > 3) & ((known_after & USUAL) != 0)
        join[hyphen] = ~apart & ~(upper[before] & upper[after] & (both != 0))
    glued[middle[join]] = glued[right[join]] = True
    genitive = (sign == APOSTROPHE) & possessive & ~numeric
    glued[right[genitive]] = True
    # What stands alone before a word: the 's of text already cut into tokens, @name and #tag.
    opening = np.flatnonzero(
        ~word[:-1] & word[1:] & touch[:-1] & ~glued[1:] & ~np.append(False, touch[:-1] & word[:-1])[:-1]
    )
    lead = mark[opening]
    alone = (lead == APOSTROPHE) & (length[opening + 1] == 1) & ((letters.plain[start[opening + 1]] | 32) == ord("s"))
    glued[opening[alone | (lead == ord("@")) | (lead == ord("#"))] + 1] = True
    # A stop that ends an abbreviation.
    stops = np.flatnonzero((mark[1:] == STOP) & word[:-1] & touch[:-1] & ~glued[1:]) + 1
    before = stops - 1
    initial = (length[before] == 1) & ~letters.digit[start[before]] & (upper[before] | glued[before])
    chained = glued[before] & (mark[np.maximum(before - 1, 0)] == STOP) & upper[before] & (length[before] <= 3)
    short = (lexicon.of(letters.lower(start[before], end[before])) & BEFORE_STOP) != 0
    glued[stops[initial | chained | (short & upper[before])]] = True
    return glued
