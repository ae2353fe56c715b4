"""Train the linear models of the recognisers and write their weights to toolkit/data/recognizer.

    pip install python-crfsuite 'news-toolkit[spacy]'
    TOOLKIT_GOLD=folder python scripts/train_recognizer.py

`builtin` sees the text alone, `spacy` also the names that a spaCy pipeline found in it. Both learn from WikiGold's
training part (the documents whose number is no multiple of five), WNUT17, the Broad Twitter Corpus - all CC BY 4.0 - and
from agency copy made up by newswire.py. Where the Twitter corpus has no label the first round sees a MISC name, which
that corpus does not label at all, the stretch is left out. With the same inputs the weights come out the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import newswire
import numpy as np
import numpy.typing as npt

from toolkit.entities import spacy_pipeline
from toolkit.entities.builtin import marked
from toolkit.entities.features import features
from toolkit.entities.outside import called
from toolkit.entities.page import page
from toolkit.entities.recognizers import given
from toolkit.entities.stretches import stretches
from toolkit.entities.tagger import TAGS, TYPES, Tagger, pack, tagger

MADE, RENAMED, ROUNDS = 1400, 3, 120
C1, C2 = 0.1, 0.1
HELD_OUT = 5
"""Every so many-th document of WikiGold is kept for measuring."""

Answers = list[list[tuple[int, int, str]]]


@dataclass(frozen=True)
class Labelled:
    """A document: its text, where its sentences lie, and its names as offsets."""

    id: str
    text: str
    sentences: list[tuple[int, int]]
    names: list[tuple[int, int, str]]


class Sequences(NamedTuple):
    """Features and tags of tokens, and the lengths of the stretches they form."""

    features: npt.NDArray[np.int32]
    tags: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]


def rows(file: Path) -> list[tuple[str, list[newswire.Sentence]]]:
    """The documents of a file of gold data, as tokens and IOB2 tags."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        loaded = [json.loads(line) for line in stream]
    return [(str(row["id"]), [(s["tokens"], s["tags"]) for s in row["sentences"]]) for row in loaded]


def joined(name: str, sentences: list[newswire.Sentence]) -> Labelled:
    """A document as text: tokens joined by spaces, a sentence a line."""
    text, spans, names, at = [], [], [], 0
    for words, tags in sentences:
        begin = at
        inside = False
        for word, tag in zip(words, tags, strict=True):
            if tag.startswith("I") and inside:
                names[-1] = (names[-1][0], at + len(word), names[-1][2])
            elif tag != "O":
                names.append((at, at + len(word), tag[2:]))
            inside = tag != "O"
            at += len(word) + 1
        spans.append((begin, at - 1))
        text.append(" ".join(words))
    return Labelled(name, "\n".join(text), spans, names)


def shouting(document: Labelled) -> Labelled:
    """The same document in capitals."""
    text = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in document.text)
    return Labelled(document.id, text, document.sentences, document.names)


def sequences(documents: list[Labelled], recognise: Callable[[list[Labelled]], Answers] | None = None) -> Sequences:
    """What the model sees of documents, and what it should say; with another recogniser's names if one is given."""
    sheet, offset = page([d.text for d in documents], [[start for start, _ in d.sentences] for d in documents])
    told = None
    if recognise:
        told = marked(sheet, given(sheet, list(recognise(documents)), offset))
    first, end = stretches(sheet, None if told is None else told > 0)
    tokens = sheet.tokens
    tags = np.zeros(len(tokens), np.int64)
    for document, begin in zip(documents, offset.tolist(), strict=True):
        for a, b, kind in document.names:
            i = int(np.searchsorted(tokens.start, a + begin))
            j = int(np.searchsorted(tokens.end, b + begin))
            if kind in TYPES and i <= j < len(tokens) and tokens.start[i] == a + begin and tokens.end[j] == b + begin:
                tags[i : j + 1] = TAGS.index(f"I-{kind}")
                tags[i] = TAGS.index(f"B-{kind}")
    length = end - first
    opens = np.cumsum(length) - length
    at = np.arange(int(length.sum())) - np.repeat(opens - first, length)
    wanted = tags[at]
    # A name cut by the edge of its stretch begins there.
    inside = np.array([tag.startswith("I") for tag in TAGS])
    wanted[opens] -= inside[wanted[opens]]
    return Sequences(features(sheet, at, told), wanted, length)


def spacy_names(documents: list[Labelled]) -> Answers:
    """The names that the installed spaCy pipeline finds, sentence by sentence."""
    texts = [d.text[a:b] for d in documents for a, b in d.sentences]
    answers = iter(called(spacy_pipeline.recognise, texts))
    return [[(s + a, e + a, label) for a, _ in d.sentences for s, e, label in next(answers)] for d in documents]


def without_unlabelled(part: Sequences, model: Tagger) -> Sequences:
    """`part` without the stretches in which `model` sees a MISC name where nothing is labelled."""
    best, _ = model.tag(part.features, part.length)
    misc = np.array([tag.endswith("MISC") for tag in TAGS])
    opens = np.cumsum(part.length) - part.length
    keep = ~np.logical_or.reduceat(misc[best] & (part.tags == 0), opens)
    tokens = np.repeat(keep, part.length)
    return Sequences(part.features[tokens], part.tags[tokens], part.length[keep])


def train(
    parts: list[tuple[Sequences, int]], target: Path, *, rounds: int = ROUNDS, c1: float = C1, c2: float = C2
) -> Tagger:
    """Fit weights with CRFsuite's L-BFGS and write them; each part is shown so many times."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    for (numbers, tags, length), times in parts:
        end = np.cumsum(length)
        for a, b in zip((end - length).tolist(), end.tolist(), strict=True):
            items = pycrfsuite.ItemSequence([[str(f) for f in sorted(set(row))] for row in numbers[a:b].tolist()])
            for _ in range(times):
                trainer.append(items, [TAGS[tag] for tag in tags[a:b].tolist()])
    trainer.set_params(
        {"c1": c1, "c2": c2, "max_iterations": rounds, "feature.minfreq": 2, "feature.possible_transitions": True}
    )
    stored = target.with_suffix(".crfsuite")
    trainer.train(str(stored))
    fitted = pycrfsuite.Tagger()
    fitted.open(str(stored))
    info = fitted.info()
    weights: dict[int, list[float]] = {}
    for (feature, tag), weight in info.state_features.items():
        weights.setdefault(int(feature), [0.0] * len(TAGS))[TAGS.index(tag)] = weight
    pack(weights, [[info.transitions.get((a, b), 0.0) for b in TAGS] for a in TAGS], target)
    stored.unlink()
    tagger.cache_clear()
    return tagger(target.stem, target.parent)


def learn(
    gold: Path,
    wikigold: list[tuple[str, list[newswire.Sentence]]],
    target: Path,
    recognise: Callable[[list[Labelled]], Answers] | None = None,
) -> Tagger:
    """Train on these documents of WikiGold and everything else, in two rounds, and write the weights."""
    names = newswire.Names(random.Random(6))
    own = [joined(*document) for document in wikigold]
    renamed = [joined(name, newswire.renamed(sentences, names)) for _ in range(RENAMED) for name, sentences in wikigold]
    made = [joined(f"made-{i}", sentences) for i, sentences in enumerate(newswire.written(random.Random(5), MADE))]
    wnut = [joined(*document) for document in rows(gold / "train_wnut17.jsonl.gz")]
    tweets = [joined(*document) for document in rows(gold / "train_btc.jsonl.gz")]
    parts = [(sequences(own, recognise), 3), (sequences([shouting(d) for d in own], recognise), 1)]
    parts += [(sequences(documents, recognise), 1) for documents in (renamed, made, wnut)]
    first = train(parts, target, rounds=ROUNDS // 2)
    parts.append((without_unlabelled(sequences(tweets, recognise), first), 1))
    return train(parts, target)


def main() -> None:
    """Train both models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "toolkit" / "data" / "recognizer")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    gold = Path(os.environ["TOOLKIT_GOLD"]) / "entities"
    wikigold = [document for i, document in enumerate(rows(gold / "wikigold_dev.jsonl.gz")) if i % HELD_OUT]
    learn(gold, wikigold, options.out / "builtin.npz")
    learn(gold, wikigold, options.out / "spacy.npz", spacy_names)


if __name__ == "__main__":
    main()
