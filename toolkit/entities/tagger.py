"""A linear chain model (conditional random field) over hashed features: scores, best path and its probability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from toolkit.entities.features import ROWS
from toolkit.entities.tokens import Ints

TYPES = ("PER", "ORG", "LOC", "MISC")
TAGS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BI"))
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Tagger:
    """The weights of the features that have any, and of going from one tag to the next."""

    place: npt.NDArray[np.int32]
    """For each feature the row of its weights; 0 is the row of zeros."""
    weights: Floats
    step: Floats

    def tag(self, features: npt.NDArray[np.int32], length: Ints) -> tuple[Ints, Floats]:
        """The best tag of each token, and its probability, for sequences of these lengths laid end to end."""
        score = np.zeros((len(features), len(TAGS)), np.float32)
        for column in range(features.shape[1]):
            score += self.weights[self.place[features[:, column]]]
        begin = np.concatenate([np.zeros(1, np.int64), np.cumsum(length)])[:-1]
        score[begin] += np.where(INSIDE, -1e4, 0).astype(np.float32)
        return path(score, self.step, begin, length), marginals(score, self.step, begin, length)


INSIDE = np.array([tag.startswith("I") for tag in TAGS])
IMPOSSIBLE = np.array([[after[0] == "I" and before[2:] != after[2:] for after in TAGS] for before in TAGS])


def path(score: Floats, step: Floats, begin: Ints, length: Ints) -> Ints:
    """Viterbi, all sequences at once: the longest first, so that those still running are always the first ones."""
    order = np.argsort(-length, kind="stable")
    begin, length = begin[order], length[order]
    best = score[begin].copy()
    back = np.zeros((len(score), len(TAGS)), np.int8)
    longest = int(length.max(initial=0))
    for place in range(1, longest):
        running = int(np.searchsorted(-length, -place, side="left"))
        total = best[:running, :, None] + step
        at = begin[:running] + place
        back[at] = total.argmax(1)
        best[:running] = total.max(1) + score[at]
    tags = np.zeros(len(score), np.int64)
    current = best.argmax(1)
    for place in range(longest - 1, -1, -1):
        running = int(np.searchsorted(-length, -place, side="left"))
        at = begin[:running] + place
        tags[at] = current[:running]
        if place:
            current[:running] = back[at, current[:running]]
    return tags


def marginals(score: Floats, step: Floats, begin: Ints, length: Ints) -> Floats:
    """Forward-backward: the probability of each tag of each token."""
    order = np.argsort(-length, kind="stable")
    begin, length = begin[order], length[order]
    leap = np.exp(step)
    emit = np.exp(score - score.max(1, keepdims=True))
    forward, backward = emit.copy(), np.ones_like(emit)
    longest = int(length.max(initial=0))
    for place in range(1, longest):
        running = int(np.searchsorted(-length, -place, side="left"))
        at = begin[:running] + place
        value = (forward[at - 1] @ leap) * emit[at]
        forward[at] = value / np.maximum(value.sum(1, keepdims=True), 1e-30)
    for place in range(longest - 1, 0, -1):
        running = int(np.searchsorted(-length, -place, side="left"))
        at = begin[:running] + place
        value = (backward[at] * emit[at]) @ leap.T
        backward[at - 1] = value / np.maximum(value.sum(1, keepdims=True), 1e-30)
    both = forward * backward
    return np.asarray(both / np.maximum(both.sum(1, keepdims=True), 1e-30), np.float32)


def pack(rows: dict[int, list[float]], step: list[list[float]], target: Path) -> None:
    """Write weights: the features' numbers, their weights in 8 bits with one scale per tag, the steps."""
    number = np.array(sorted(rows), np.int32)
    weights = np.array([rows[row] for row in sorted(rows)], np.float32)
    scale = np.maximum(np.abs(weights).max(0), 1e-6) / 127
    np.savez_compressed(
        target,
        number=number,
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale,
        step=np.array(step, np.float32),
    )


@lru_cache(maxsize=4)
def tagger(name: str = "builtin", folder: Path | None = None) -> Tagger:
    """The weights shipped with the toolkit under this name, or those in a folder."""
    source = (folder or Path(str(files("toolkit") / "data" / "recognizer"))) / f"{name}.npz"
    with np.load(source, allow_pickle=False) as stored:
        weights = np.concatenate([np.zeros((1, len(TAGS)), np.float32), stored["weights"] * stored["scale"]]).astype(
            np.float32
        )
        place = np.zeros(ROWS, np.int32)
        place[stored["number"]] = np.arange(1, len(weights))
        step = np.where(IMPOSSIBLE, -1e4, stored["step"]).astype(np.float32)
    return Tagger(place, weights, step)


def trained(name: str) -> bool:
    """Whether weights of this name are shipped."""
    return (files("toolkit") / "data" / "recognizer" / f"{name}.npz").is_file()
