"""What single words speak for: a first name, a title, a head of an organisation's name, a common word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Bits = npt.NDArray[np.uint32]

CLASSES = (
    "given", "surname", "particle", "title", "role", "said", "company", "organisation", "place", "facility", "event", "law",
    "weekday", "month", "unit", "currency", "scale", "number", "place_before", "common", "usual", "rare",
)  # fmt: skip
"""The classes of words.parquet, in the order of their bits."""

BIT = {name: 1 << index for index, name in enumerate(CLASSES)}
NAMED = 1 << 29
"""The name of a country, people or large city, in one word."""
BEFORE_STOP = 1 << 30
"""May end in a stop that does not end a sentence: Mr, Gov, Inc, Jan."""
USUAL = BIT["common"] | BIT["usual"]


@dataclass(frozen=True)
class Lexicon:
    """Hashes of words in lower case, sorted, and the classes of each as bits."""

    keys: Hashes
    bits: Bits

    def of(self, hashes: Hashes) -> Bits:
        """The classes of each word; 0 if it is unknown."""
        at = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        return np.where(self.keys[at] == hashes, self.bits[at], 0).astype(np.uint32)


def hashed(words: list[str]) -> Hashes:
    """The lower-case hash of each word, as it has it in a text."""
    from toolkit.entities.tokens import Letters

    end = np.cumsum([len(word) + 1 for word in words], dtype=np.int64) - 1
    start = end - np.array([len(word) for word in words], np.int64)
    return Letters("\n".join(words)).lower(start, end)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words shipped with the toolkit."""
    import polars as pl

    folder = files("toolkit") / "data" / "gazetteer"
    words = pl.read_parquet(str(folder / "words.parquet"))
    names = pl.read_parquet(str(folder / "names.parquet"), columns=["name", "kind"])
    cities = pl.read_parquet(str(folder / "cities.parquet"), columns=["name", "population"])
    simple = ~pl.col("name").str.contains(r"[^\p{L}]")
    named = pl.concat(
        [
            names.filter(pl.col("kind").is_in(["country", "demonym"]) & simple).select("name"),
            cities.filter((pl.col("population") >= 200_000) & simple).select("name"),
        ]
    )
    stopped = words.filter(pl.col("word").str.ends_with("."))["word"].str.strip_suffix(".").to_list()
    bits = words["class"].replace_strict(BIT, return_dtype=pl.UInt32).to_numpy()
    text = [*words["word"].to_list(), *named["name"].to_list(), *stopped]
    values = np.concatenate(
        [bits, np.full(named.height, NAMED, np.uint32), np.full(len(stopped), BEFORE_STOP, np.uint32)]
    )
    hashes = hashed(text)
    order = np.argsort(hashes, kind="stable")
    keys, first = np.unique(hashes[order], return_index=True)
    return Lexicon(keys, np.bitwise_or.reduceat(values[order], first))
