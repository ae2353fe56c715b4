"""Codes sentences by a dictionary of word lists, as LIWC files have them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

import toolkit as tk

OWN = Path(__file__).parent / "hedges.dic"


@tk.annotator
def dictionary(corpus: tk.Corpus, *, file: str = "") -> pl.DataFrame:
    """How many words of each category of a dictionary a sentence has.

    Gives `doc_id`, `sent_id`, `category` and `count`, for sentences that have any. `file` is a dictionary in LIWC's format;
    without it, the list of hedges and firm words that comes with this plugin. Raises ValueError, naming the line, for a file
    that is not in this format.
    """
    entries = read(Path(file) if file else OWN)
    words = corpus.words(every=True).select("doc_id", "sent_id", pl.col("word").cast(pl.String)).collect()
    coded = categories(words["word"].unique(), entries)
    found = words.join(coded, on="word").group_by("doc_id", "sent_id", "category").agg(count=pl.len())
    return found.sort("doc_id", "sent_id", "category")


def read(path: Path) -> pl.DataFrame:
    """The words and stems of a dictionary: `entry`, `stem` (whether more letters may follow), `category`."""
    lines = path.read_text(encoding="utf8").splitlines()
    rules = [at for at, line in enumerate(lines) if line.strip() == "%"]
    if len(rules) < 2:
        raise ValueError(
            f"{path} is no dictionary: its categories stand between two lines of %, and there are {len(rules)}."
        )
    names = dict(line.split(maxsplit=1) for line in lines[rules[0] + 1 : rules[1]] if line.strip())
    rows = []
    for at, line in enumerate(lines[rules[1] + 1 :], rules[1] + 2):
        entry, *numbers = line.split() or [""]
        unknown = next((number for number in numbers if number not in names), None)
        if unknown:
            raise ValueError(f"{path}, line {at}: there is no category {unknown!r}; there are {', '.join(names)}.")
        rows += [(entry.rstrip("*").lower(), entry.endswith("*"), names[number].strip()) for number in numbers]
    return pl.DataFrame(rows, schema=["entry", "stem", "category"], orient="row")


def categories(words: pl.Series, entries: pl.DataFrame) -> pl.DataFrame:
    """The categories of each word: `word`, `category`."""
    frame = words.alias("word").to_frame()
    whole = frame.join(entries.filter(~pl.col("stem")), left_on="word", right_on="entry")
    begun = frame.join_where(entries.filter("stem"), pl.col("word").str.starts_with(pl.col("entry")))
    return pl.concat([part.select("word", "category") for part in (whole, begun)]).unique()
