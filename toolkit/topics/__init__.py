"""The user's own topics: a codebook of seed words, and the weight of each topic in each sentence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.topics.codebook import Codebook
    from toolkit.topics.drawn import drawn_topics
    from toolkit.topics.explanation import explain
    from toolkit.topics.learning import SAMPLE, fit
    from toolkit.topics.meaning import Meaning
    from toolkit.topics.model import Model
    from toolkit.topics.seed_coverage import coverage
    from toolkit.topics.shares import document_topics
    from toolkit.topics.suggestions import suggest
    from toolkit.topics.topic import Topic
    from toolkit.topics.weights import score

WHERE = {
    "Codebook": "codebook",
    "Meaning": "meaning",
    "Model": "model",
    "SAMPLE": "learning",
    "Topic": "topic",
    "coverage": "seed_coverage",
    "document_topics": "shares",
    "drawn_topics": "drawn",
    "explain": "explanation",
    "fit": "learning",
    "score": "weights",
    "suggest": "suggestions",
}
"""Which file each name is in: it is imported when first asked for, so that opening a corpus needs no numpy."""

__all__ = [
    "SAMPLE",
    "Codebook",
    "Meaning",
    "Model",
    "Topic",
    "coverage",
    "document_topics",
    "drawn_topics",
    "explain",
    "fit",
    "score",
    "suggest",
]


def __getattr__(name: str) -> Any:
    if name not in WHERE:
        raise AttributeError(f"toolkit.topics has no {name!r}; it has {', '.join(__all__)}.")
    value = globals()[name] = getattr(import_module(f"toolkit.topics.{WHERE[name]}"), name)
    return value
