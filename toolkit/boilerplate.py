"""Sentences that an outlet prints under many stories: pleas for subscriptions, copyright lines, cookie notices."""

from __future__ import annotations

import numpy as np
import polars as pl

from toolkit.schema import COUNTED, Kind
from toolkit.shingles import draws

STORIES = 5
"""A sentence has to stand in so many different stories of an outlet ..."""
SHARE = 0.3
"""... and in this part of them;"""
TELLING_SHARE = 0.03
"""or in this part, if it has words of furniture."""
DOCUMENTS = 2000
"""Of an outlet with more documents, so many are looked at, drawn by a hash of `doc_id`."""
LONGEST = 300
"""Characters of a sentence that are compared."""
FURNITURE = (
    r"(?i)\b(?:subscri\w+|sign(?:ed|ing)? up|newsletters?|copyright|all rights reserved|read (?:more|also)|follow us|click here|"
    r"cookies?|download (?:our|the) app|donat\w+|support our|advertis\w+|sponsored|terms of (?:use|service)|privacy policy|"
    r"our (?:journalism|newsroom|readers)|get in touch|send (?:us|your)|have your say|comments? (?:are|is) closed|share this|"
    r"abonnier\w+|abonnement\w*|abonnez|inscrivez|lire aussi|droits réservés|soutenez|mentions légales|weiterlesen|"
    r"alle rechte vorbehalten|anmelden|datenschutz\w*|suscríb\w+|suscripci\w+|boletín|derechos reservados|síguenos|leer más|"
    r"iscriv\w+|abbona\w+|riproduzione riservata|diritti riservati|leggi anche|inscreva\w*|assine|direitos reservados|"
    r"leia (?:mais|também)|abonneer\w*|nieuwsbrief|lees ook|prenumerera\w*|nyhetsbrev\w*|подпис\w+|читайте также|"
    r"все права защищены|підпис\w+|читайте також|subskryb\w+|czytaj (?:też|także)|wszelkie prawa)|©|\(c\) ?\d{4}"
)
"""Words that speak of the page, the paper or its readers, not of the news."""

LOOKED_AT = tuple(kind for kind in COUNTED if kind != "title")


def find(sentences: pl.DataFrame | pl.LazyFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The sentences that repeat across an outlet's stories: a row for each outlet and sentence, the most frequent first.

    Columns: `outlet`, `line` (the sentence in lower case, without punctuation, each number a #), `stories` and
    `documents` (in how many it stands), `share` (of the outlet's stories), `example` (one of the sentences as printed).
    Copies of an article are one story, so `documents.duplicate_of` has to be filled before. A sentence about the news
    that is often repeated, such as the background of a long affair, is none, unless it stands under SHARE of all stories.
    """
    sampled = sample(documents).with_columns(story=pl.coalesce("duplicate_of", "doc_id"))
    stories = sampled.lazy().select("doc_id", "outlet", "story", printed=pl.col("story").n_unique().over("outlet"))
    repeated = (
        sentences.lazy()
        .filter(pl.col("kind").is_in(LOOKED_AT))
        .join(stories, on="doc_id", how="inner", maintain_order="left")
        .with_columns(line=_line(pl.col("text")))
        .drop_nulls("line")
        .group_by("outlet", "line", maintain_order=True)
        .agg(
            stories=pl.col("story").n_unique().cast(pl.Int64),
            documents=pl.col("doc_id").n_unique().cast(pl.Int64),
            share=pl.col("story").n_unique() / pl.col("printed").first(),
            example=pl.col("text").min(),
        )
    )
    telling = pl.col("example").str.contains(FURNITURE)
    often = pl.col("share") >= pl.when(telling).then(TELLING_SHARE).otherwise(SHARE)
    return (
        repeated.filter((pl.col("stories") >= STORIES) & often)
        .sort("stories", "outlet", "line", descending=[True, False, False])
        .collect(engine="streaming")
    )


def apply(sentences: pl.DataFrame, documents: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Sentences with `kind` other where they are among those `found` for their outlet."""
    furniture = (
        sentences.lazy()
        .filter(pl.col("kind").is_in(LOOKED_AT))
        .join(documents.lazy().select("doc_id", "outlet"), on="doc_id", how="inner")
        .join(found.lazy().select("outlet").unique(), on="outlet", how="semi", nulls_equal=True)
        .with_columns(line=_line(pl.col("text")))
        .join(found.lazy().select("outlet", "line"), on=["outlet", "line"], how="semi", nulls_equal=True)
        .select("doc_id", "sent_id", furniture=True)
    )
    return (
        sentences.lazy()
        .join(furniture, on=["doc_id", "sent_id"], how="left", maintain_order="left")
        .with_columns(kind=pl.when(pl.col("furniture")).then(pl.lit("other", dtype=Kind)).otherwise("kind"))
        .drop("furniture")
        .collect()
    )


def sample(documents: pl.DataFrame) -> pl.DataFrame:
    """Each outlet's documents, DOCUMENTS of them at most, drawn by a hash of `doc_id`, or by the column `draw` that has it."""
    told = documents if "draw" in documents.columns else documents.with_columns(draws(documents["doc_id"]))
    outlet = told["outlet"].rank("dense").fill_null(0).to_numpy()
    order = np.lexsort((told["doc_id"].rank("ordinal").to_numpy(), told["draw"].to_numpy(), outlet))
    place = np.arange(len(order)) - np.searchsorted(outlet[order], outlet[order])
    return told[np.sort(order[place < DOCUMENTS])]


def _line(texts: pl.Expr) -> pl.Expr:
    """Sentences as they are compared; null if no word is left."""
    lower = texts.str.head(LONGEST).str.to_lowercase().str.replace_all(r"\p{N}+", "#")
    return lower.str.replace_all(r"[^\p{L}\p{M}#]+", " ").str.strip_chars(" #").replace("", None)
