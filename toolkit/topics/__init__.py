"""The user's own topics: a codebook of seed words, and the weight of each topic in each sentence."""

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
