"""What another version of the toolkit made otherwise, article by article, made anew from a corpus alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from toolkit import duplicates, entities, schema, sentences
from toolkit.fitting import raw_of


def renewed(
    frames: Mapping[str, pl.LazyFrame], settings: Mapping[str, Any], stages: Collection[str]
) -> tuple[dict[str, pl.LazyFrame], dict[str, Any]]:
    """The frames and settings with sentences, mentions and sketches made anew where they are among the `stages`.

    Paragraphs and their kinds stay as they were loaded. Frames are as nothing fitted has touched them, so they have to be fitted.
    """
    raw, told = raw_of(frames), dict(settings)
    made = {name: frame for name, frame in frames.items() if name in ("documents", "sketches")}
    cut, mentions = raw.sentences, raw.mentions
    if "sentences" in stages:
        cut = sentences.split(raw.documents, _paragraphs(cut))
    if "mentions" in stages:
        found = entities.find(raw.documents, cut, recognizer=told["recognizer"])
        mentions, told["used"] = found.entities, found.used
    if "sketches" in stages or "sketches" not in frames:
        made["sketches"] = duplicates.sketch(raw.documents).lazy()
    aside = schema.SET_ASIDE.empty()
    return {**made, "sentences": cut.lazy(), "mentions": mentions.lazy(), "set_aside": aside.lazy()}, told


def _paragraphs(cut: pl.DataFrame) -> pl.DataFrame:
    """The paragraphs that sentences stand in, as `blocks.find` gives them."""
    found = cut.group_by("doc_id", "paragraph", maintain_order=True).agg(
        pl.col("kind").first(), pl.col("start").min(), pl.col("end").max()
    )
    return schema.BLOCKS.conform(found)
