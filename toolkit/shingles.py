"""Texts as sets of hashed word runs, all of a column at once, the same on every machine and in every version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import polars as pl

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

RUN = 3
"""Words in a run."""
BITS = 48
"""Bits of a run's hash; the 16 above them number the text while runs are sorted."""
BATCH_TEXTS = 1 << (64 - BITS)
BATCH_BYTES = 4_000_000
LONGEST = 64
"""Bytes of a word before the multipliers of its bytes begin again."""

APART = r"([\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*)"
"""Characters of scripts written without blanks: each is a word."""


@dataclass(frozen=True)
class Shingles:
    """Per text: its words, a hash of all of them in order, its distinct runs, and the least hashes of these, ascending.

    The hashes of text i are the next `kept[i]` of `hashes` after those of the texts before it.
    """

    words: Places
    whole: Hashes
    runs: Places
    hashes: Hashes
    kept: Places


def mix(values: Hashes) -> Hashes:
    """Hashes whose every bit depends on every bit of `values` (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def multipliers(count: int, seed: int) -> Hashes:
    """`count` odd random numbers of a seed."""
    steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return mix(steps + mix(np.array([seed], dtype=np.uint64))) | np.uint64(1)


def draws(names: pl.Series) -> pl.Series:
    """A number for each name, a hash of its words: what is drawn by it is the same wherever and whenever."""
    parts = [_batch(batch, 0, 0).whole for batch in _batches(names)]
    return pl.Series("draw", np.concatenate([np.empty(0, dtype=np.uint64), *parts]), dtype=pl.UInt64)


def drawn(documents: pl.DataFrame, most: int) -> pl.DataFrame:
    """At most so many documents, chosen by a hash of their `doc_id`, in the order they had: the same ones wherever and whenever.

    The hash is worked out unless there is a column `draw` that has it.
    """
    if documents.height <= most:
        return documents
    draw = documents["draw"].to_numpy() if "draw" in documents.columns else draws(documents["doc_id"]).to_numpy()
    limit = np.partition(draw, most - 1)[most - 1]
    sure, tied = np.flatnonzero(draw < limit), np.flatnonzero(draw == limit)
    by_id = documents["doc_id"].gather(tied).arg_sort().to_numpy()
    return documents[np.sort(np.concatenate([sure, tied[by_id[: most - len(sure)]]]))]


def folded(texts: pl.Series) -> pl.Series:
    """Texts as their words in lower case, one blank between two; punctuation, marks and line ends are gone."""
    lower = texts.fill_null("").str.to_lowercase()
    if lower.str.contains(APART).any():
        lower = lower.str.replace_all(APART, " $1 ")
    return lower.str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ")


def shingle(texts: pl.Series, *, seed: int = 0, most: int | None = None) -> Shingles:
    """The shingles of each text, of each the `most` with the least hashes (all, if not said)."""
    parts = [_batch(batch, seed, most) for batch in _batches(texts)] or [_batch(texts, seed, most)]
    return Shingles(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Shingles)))


def _batches(texts: pl.Series) -> Iterator[pl.Series]:
    """Texts in slices small enough to work on in the processor's cache."""
    sizes = texts.str.len_bytes().fill_null(0).cum_sum().to_numpy()
    start = 0
    while start < len(texts):
        limit = (sizes[start - 1] if start else 0) + BATCH_BYTES
        end = max(start + 1, int(np.searchsorted(sizes, limit, side="right")))
        end = min(end, start + BATCH_TEXTS, len(texts))
        yield texts[start:end]
        start = end


def _batch(texts: pl.Series, seed: int, most: int | None) -> Shingles:
    hashes, owner = _words(folded(texts), seed)
    words = np.bincount(owner, minlength=len(texts)).astype(np.int64)
    first = np.cumsum(words) - words
    place = np.arange(len(hashes), dtype=np.uint64) - np.repeat(first, words).astype(np.uint64)
    whole = np.zeros(len(texts), dtype=np.uint64)
    if len(hashes):
        whole[words > 0] = np.add.reduceat(mix(hashes + mix(place)), first[words > 0])
    return Shingles(words, whole, *_runs(hashes, owner, len(texts), seed, most))


def _words(texts: pl.Series, seed: int) -> tuple[Hashes, Places]:
    """The hash of every word, and the number of the text it stands in (multilinear hashing over its bytes)."""
    data = np.frombuffer((texts.str.join("\n").item() or "").encode(), dtype=np.uint8)
    solid = data > 32
    first = solid.copy()
    first[1:] &= ~solid[:-1]
    starts = np.flatnonzero(first)
    if not len(starts):
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    lengths = np.diff(starts, append=len(data))
    place = np.arange(starts[0], len(data)) - np.repeat(starts, lengths)
    values = multipliers(LONGEST, seed)[place & (LONGEST - 1)] * data[starts[0] :]
    values[~solid[starts[0] :]] = 0
    owner = np.searchsorted(np.flatnonzero(data == 10), starts)
    return mix(np.add.reduceat(values, starts - starts[0])), owner


def _runs(words: Hashes, owner: Places, count: int, seed: int, most: int | None) -> tuple[Places, Hashes, Places]:
    """The distinct runs of each of `count` texts, the `most` least hashes of these, and how many these are."""
    starts = max(0, len(words) - RUN + 1)
    inside = owner[:starts] == owner[len(owner) - starts :]
    hashes = np.zeros(starts, dtype=np.uint64)
    for step, multiplier in enumerate(multipliers(RUN, seed + 1)):
        hashes += words[step : step + starts] * multiplier
    shift = np.uint64(BITS)
    keys = (owner[:starts][inside].astype(np.uint64) << shift) | (mix(hashes[inside]) >> np.uint64(64 - BITS))
    keys.sort()
    keys = keys[np.diff(keys, prepend=~keys[:1]) != 0]
    runs = np.bincount((keys >> shift).astype(np.int64), minlength=count).astype(np.int64)
    kept = runs if most is None else np.minimum(runs, most)
    rank = np.arange(len(keys)) - np.repeat(np.cumsum(runs) - runs, runs)
    return runs, keys[rank < np.repeat(kept, runs)] & np.uint64((1 << BITS) - 1), kept
