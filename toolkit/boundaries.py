"""Where sentences end inside paragraphs: the places that might be an end, and the plain ones among them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from toolkit import contexts
from toolkit.characters import (
    CLOSE,
    DIGIT,
    FULL,
    LETTER,
    LOWER,
    MARKUP,
    NEWLINE,
    OPEN,
    QUOTE,
    SIGN,
    STOP,
    UPPER,
    WIDE,
    Places,
    Text,
)

Mask = npt.NDArray[np.bool_]

REACH = 48
"""How many characters on either side of a place the rules look at."""

LONGEST = 12
"""A word of more characters is no abbreviation."""

LETTERS = [UPPER, LOWER, LETTER, WIDE]
BULLETS = [ord(bullet) for bullet in "•●▪◦‣·■►"]
LAST, BEFORE_LAST = [ord("s"), ord("y")], [ord("d"), ord("k"), ord("l")]
SMILES = [ord(eyes) for eyes in ":;=<^"]


def find(text: Text, starts: Places, ends: Places) -> tuple[Places, Places]:
    """Starts and ends of the sentences of the paragraphs `text[start:end]`, which are in order and begin and end with
    a character that is not blank.

    A place is looked at if a stop, a link, a ruler (`----`), a bullet or the like stands there. Most are plain: a full
    stop after a word in small letters, before a capital. The others are judged by `contexts.ends`.
    """
    if not len(starts):
        return starts, ends
    left, right, link, plain = _places(text)
    paragraph = np.searchsorted(starts, left - 1, "right") - 1
    inside = (paragraph >= 0) & (left < ends[paragraph])
    left, right, paragraph, link, cut = left[inside], right[inside], paragraph[inside], link[inside], plain[inside]
    hard = ~cut
    before = text.slices(np.maximum(starts[paragraph], left - REACH)[hard], left[hard])
    after = text.slices(right[hard], np.minimum(ends[paragraph], right + REACH)[hard])
    cut[hard] = contexts.ends(before, after, link=pl.Series(link[hard]), glued=pl.Series((left == right)[hard]))
    starts, ends = np.concatenate([starts, right[cut]]), np.concatenate([ends, left[cut]])
    return np.sort(starts, kind="stable"), np.sort(ends, kind="stable")


def _places(text: Text) -> tuple[Places, Places, Mask, Mask]:
    """Every place that might be an end: where the left side stops, where the right side begins, whether the left is a
    link, and whether it is plain that a sentence ends there.
    """
    codes, kinds = text.codes, text.kinds
    marks = np.flatnonzero(kinds >= MARKUP)
    stops, signs = marks[kinds[marks] >= STOP], marks[kinds[marks] < STOP]
    first, last = stops[np.diff(stops, prepend=-2) > 1], stops[np.diff(stops, append=len(codes) + 2) > 1]
    token = text.token(last)
    tail = last + 1
    for _ in range(8):
        tail = tail + ((kinds[tail] >= CLOSE) & (kinds[tail] <= MARKUP))
    word = (kinds[first - 1] == LOWER) & (kinds[first - 2] == LOWER)
    whole = (kinds[tail] <= NEWLINE) | (kinds[tail] == SIGN) | (codes[tail] == ord("["))
    glued = ~whole & _glued(text, last, tail, word)

    following = np.append(text.starts, -1)[token + 1]
    capital = kinds[following + (kinds[following] == QUOTE)] == UPPER
    plain = whole & word & capital & (first == last) & (kinds[tail] <= NEWLINE) & (tail == last + 1)
    plain[plain] = ~contexts.abbreviated(
        text.slices(np.maximum(text.starts[token], last - LONGEST)[plain], last[plain])
    )

    links, odd = _odd(text, signs)
    links = np.concatenate([links, token[(codes[first - 1] == ord("w")) & (codes[first - 2] == ord("w"))]])
    gap, is_link, is_plain = (np.zeros(len(text.starts) + 3, bool) for _ in range(3))
    gap[token[whole]] = gap[links] = gap[odd] = is_link[links] = is_plain[token[plain]] = True
    gaps = _with_tails(text, gap)
    none = np.zeros(np.count_nonzero(glued), bool)
    return (
        np.concatenate([text.ends[gaps], tail[glued]]),
        np.concatenate([text.starts[gaps + 1], tail[glued]]),
        np.append(is_link[gaps], none),
        np.append(is_plain[gaps], none),
    )


def _glued(text: Text, last: Places, tail: Places, word: Mask) -> Mask:
    """Stops with no blank after them that may yet end a sentence: `。`, and a blank that was lost (`over.The`)."""
    after = text.kinds[tail]
    lost = (word | (tail > last + 1)) & ((after == UPPER) | ((after == LOWER) & (text.codes[last] != ord("."))))
    glued: Mask = (text.kinds[last] == FULL) | (after == WIDE) | lost
    return glued


def _odd(text: Text, signs: Places) -> tuple[Places, Places]:
    """Tokens that are links, and tokens before or after which a sentence may end without a stop."""
    codes, kinds = text.codes, text.kinds
    code, following = codes[signs], codes[signs + 1]
    token = text.token(signs)
    opens = text.starts[token] == signs
    digits = (kinds[signs - 1] == DIGIT) & (kinds[signs + 1] == DIGIT)
    label = (code == ord(":")) & (kinds[text.starts[token]] == UPPER)
    ruler = (code == following) & (code == codes[signs + 2])
    smile = opens & (np.isin(code, SMILES) | (code >= 0x2600))
    numbers = np.flatnonzero(codes == ord(")"))
    numbers = text.token(numbers[(kinds[numbers - 1] == DIGIT) & (kinds[numbers + 1] <= NEWLINE)])
    # A letter's last words: regards, thanks, sincerely.
    commas = np.flatnonzero(codes == ord(","))
    commas = commas[np.isin(codes[commas - 1], LAST) & np.isin(codes[commas - 2], BEFORE_LAST)]
    odd = [
        token[ruler], token[ruler] - 1, token[smile], token[opens & np.isin(code, BULLETS)] - 1, token[label] - 1, token[label] - 2,
        token[digits & (code == ord(":"))] + 1, token[digits & (code == ord("/"))] - 1, numbers - 1, text.token(commas),
    ]  # fmt: skip
    at = (code == ord("@")) & (kinds[signs - 1] > NEWLINE) & (kinds[signs + 1] > NEWLINE)
    return token[at | ((code == ord("/")) & (following == ord("/")))], np.concatenate(odd)


def _with_tails(text: Text, gap: Mask) -> Places:
    """The tokens behind which there is a gap, and up to two more that may belong to what stands before: `. "`, `. [17]`."""
    for _ in range(2):
        following = np.flatnonzero(gap[: len(text.starts) - 1]) + 1
        start = text.starts[following]
        tails = np.isin(text.kinds[start], [OPEN, CLOSE, QUOTE, SIGN]) & ~np.isin(text.kinds[start + 1], LETTERS)
        gap[following[tails]] = True
    return np.flatnonzero(gap[: len(text.starts) - 1])
