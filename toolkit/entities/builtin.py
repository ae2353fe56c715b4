"""The names that the linear model finds, alone or together with another recogniser's."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from toolkit.entities.features import features
from toolkit.entities.page import Page
from toolkit.entities.span import Span
from toolkit.entities.stretches import stretches
from toolkit.entities.tagger import TAGS, Tagger, tagger
from toolkit.schema import LABELS

VERSION = "1"


def modelled(page: Page, told: Iterable[Span] | None = None, weights: Tagger | None = None) -> list[Span]:
    """The model's names, labelled PER, ORG, LOC or MISC.

    With `told`, another recogniser's names, the model is one that was trained to weigh them against what it sees itself.
    """
    tags = None if told is None else marked(page, told)
    first, end = stretches(page, None if tags is None else tags > 0)
    if not len(first):
        return []
    model = weights or tagger("builtin" if told is None else "spacy")
    length = end - first
    begin = np.cumsum(length) - length
    at = np.arange(int(length.sum())) - np.repeat(begin - first, length)
    best, probability = model.tag(features(page, at, tags), length)
    opens = np.zeros(len(at), bool)
    opens[begin] = True
    return spelled(at, best, probability[np.arange(len(at)), best], opens)


def spelled(
    at: npt.NDArray[np.int64],
    best: npt.NDArray[np.int64],
    chance: npt.NDArray[np.float32],
    opens: npt.NDArray[np.bool_],
) -> list[Span]:
    """Tags as spans; `opens` says where a new stretch begins."""
    named = np.flatnonzero(best)
    out: list[Span] = []
    rows = zip(at[named].tolist(), best[named].tolist(), chance[named].tolist(), opens[named].tolist(), strict=True)
    for token, number, sure, new in rows:
        tag = TAGS[number]
        last = out[-1] if out else None
        if tag[0] == "I" and last and not new and last.end == token:
            out[-1] = last._replace(end=token + 1, confidence=min(last.confidence, sure))
        else:
            out.append(Span(token, token + 1, tag[2:], sure, "model"))
    return out


def marked(page: Page, spans: Iterable[Span]) -> npt.NDArray[np.uint64]:
    """For each token the label of the span over it, and whether it is the first; 0 for none."""
    tags = np.zeros(len(page.tokens), np.uint64)
    for span in spans:
        number = 2 * LABELS.index(span.label) + 2
        tags[span.first : span.end] = number + 1
        tags[span.first] = number
    return tags
