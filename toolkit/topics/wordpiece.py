"""A text as pieces of words, numbered as all-MiniLM-L6-v2 numbers them.

BERT's own way (Devlin, Chang, Lee and Toutanova, BERT, NAACL 2019): small letters without accents, each sign by itself, and
of each word the longest piece known, then the longest of what is left.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

UNKNOWN, FIRST, LAST = "[UNK]", "[CLS]", "[SEP]"
LONGEST = 100
"""A word of more letters than these is not looked up."""

CHINESE = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))  # fmt: skip


def numbers(text: str, most: int) -> list[int]:
    """The numbers of the pieces of a text, so many at most, the marks of its beginning and end among them."""
    known = pieces()
    found: list[int] = []
    for word in unicodedata.normalize("NFD", text).translate(_SIGNS).split():
        found += _of_word(word)
        if len(found) >= most - 2:
            break
    return [known[FIRST], *found[: most - 2], known[LAST]]


@cache
def pieces() -> dict[str, int]:
    """The pieces of words and their numbers."""
    text = files("toolkit").joinpath("data", "minilm", "vocab.txt").read_text(encoding="utf-8")
    return {piece: number for number, piece in enumerate(text.split("\n")) if piece}


@cache
def _of_word(word: str) -> tuple[int, ...]:
    known = pieces()
    found: list[int] = []
    start, end = 0, len(word) if len(word) <= LONGEST else 0
    while start < end:
        piece = ("##" if start else "") + word[start:end]
        if piece in known:
            found.append(known[piece])
            start, end = end, len(word)
        else:
            end -= 1
    return tuple(found) if found and start == len(word) else (known[UNKNOWN],)


class _Signs(dict[int, str]):
    """What becomes of each character before words are looked up, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        self[point] = made = _sign(chr(point))
        return made


_SIGNS = _Signs()


def _sign(character: str) -> str:
    kind = unicodedata.category(character)
    if character in "\t\n\r" or kind in ("Zs", "Zl", "Zp"):
        return " "
    if kind[0] == "C" or kind == "Mn" or character == "\ufffd":
        return ""
    alone = (
        kind[0] == "P"
        or (character.isascii() and not character.isalnum())
        or any(low <= ord(character) <= high for low, high in CHINESE)
    )
    return f" {character} " if alone else character.lower()
