"""Find the names of some documents and say what they mean."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from toolkit.article import Problem
from toolkit.entities.amounts import amounts
from toolkit.entities.combine import combined, with_amounts
from toolkit.entities.mention import Mention
from toolkit.entities.outside import Shard
from toolkit.entities.page import page
from toolkit.entities.recognizers import Chosen, Recognizer, chosen, names
from toolkit.entities.repeat import repeated
from toolkit.entities.resolve import resolve
from toolkit.schema import ENTITIES

PAGE = 300_000
"""Characters worked on at once: enough to keep the arrays busy, few enough to stay near the processor."""


class Found(NamedTuple):
    """The entities, the recogniser that was used, and what went wrong on the way."""

    entities: pl.DataFrame
    used: str
    problems: list[Problem]


def find(documents: pl.DataFrame, sentences: pl.DataFrame, *, recognizer: Recognizer = "auto") -> Found:
    """Every name, date and amount in the documents, joined and resolved within each document.

    `documents` needs `doc_id` and `text`, and may have `language`; `sentences` is the sentences frame. `recognizer` is "builtin", "spacy",
    "auto" (spaCy if a pipeline is installed, else builtin), or a function that gets texts (paragraphs) and gives for
    each a list of (start, end, label). A document on which that function raises gets the names of the builtin
    recogniser and is named in `problems`.
    """
    choice = chosen(recognizer)
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    for shard in shards(documents, sentences):
        mentions, trouble = resolved(shard, choice)
        problems += trouble
        for doc_id, cuts, found in zip(shard.identities, shard.sentences, mentions, strict=True):
            starts = [start for _, start, _ in cuts]
            rows += [(doc_id, bisect_right(starts, mention.start) - 1, *mention.row()) for mention in found]
    schema = pl.Schema({**ENTITIES.schema, "label": pl.String()})
    return Found(ENTITIES.conform(pl.DataFrame(rows, schema=schema, orient="row")), choice.used, problems)


def shards(documents: pl.DataFrame, sentences: pl.DataFrame) -> Iterator[Shard]:
    """The documents that have sentences, in parts of about PAGE characters."""
    cuts = sentences.select("doc_id", cut=pl.concat_list(pl.col("paragraph", "start", "end").cast(pl.Int64)))
    by_document = dict(cuts.group_by("doc_id", maintain_order=True).agg("cut").iter_rows())
    shard, size = Shard([], [], [], []), 0
    told = pl.col("language") if "language" in documents.columns else pl.lit(None, pl.String)
    for doc_id, text, language in documents.select("doc_id", "text", told.alias("language")).iter_rows():
        if not text or doc_id not in by_document:
            continue
        shard.identities.append(doc_id)
        shard.texts.append(text)
        shard.languages.append(language)
        shard.sentences.append([tuple(cut) for cut in by_document[doc_id]])
        size += len(text)
        if size >= PAGE:
            yield shard
            shard, size = Shard([], [], [], []), 0
    if shard.identities:
        yield shard


def resolved(shard: Shard, choice: Chosen) -> tuple[list[list[Mention]], list[Problem]]:
    """The mentions of each document of a shard."""
    sheet, offset = page(shard.texts, [[start for _, start, _ in cuts] for cuts in shard.sentences])
    found = names(choice, shard, sheet, offset)
    spans = with_amounts(repeated(sheet, combined(sheet, found.spans, found.told)), amounts(sheet))
    begins, ends = sheet.tokens.start.tolist(), sheet.tokens.end.tolist()
    owner, shifts = sheet.document.tolist(), offset.tolist()
    mentions: list[list[Mention]] = [[] for _ in shard.texts]
    for span in spans:
        which = owner[span.first]
        start, end = begins[span.first] - shifts[which], ends[span.end - 1] - shifts[which]
        text = shard.texts[which][start:end]
        mentions[which].append(Mention(start, end, text, span.label, span.found_by, span.confidence))
    for text, own in zip(shard.texts, mentions, strict=True):
        resolve(own, text)
    return mentions, found.problems
