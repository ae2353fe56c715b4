"""The labelled data in the folder TOOLKIT_GOLD."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Spans = list[tuple[int, int, str]]


class NoGold(Exception):
    """There is no labelled data to measure on."""


def folder() -> Path:
    """The folder of labelled data; raises NoGold if there is none."""
    named = os.environ.get("TOOLKIT_GOLD")
    if not named or not Path(named).is_dir():
        raise NoGold("Set TOOLKIT_GOLD to the folder of labelled data.")
    return Path(named)


def rows(name: str) -> list[Row]:
    """The rows of a file of labelled data, such as `entities/wikigold_dev`."""
    with gzip.open(folder() / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def recogniser(names: dict[str, Spans]) -> Callable[[list[str]], list[Spans]]:
    """A recogniser that knows the labelled names of some texts and nothing else."""

    def recognise(parts: list[str]) -> list[Spans]:
        out = []
        for part in parts:
            text = next(text for text in names if part in text)
            low, high = text.index(part), text.index(part) + len(part)
            out.append([(a - low, b - low, label) for a, b, label in names[text] if low <= a and b <= high])
        return out

    return recognise
