"""What was done to a corpus, step by step, with which settings and versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import polars as pl

LOG = pl.Schema({"step": pl.String, "settings": pl.String, "toolkit": pl.String})
"""The columns of `corpus.log`: the step, its settings as JSON, the version that did it."""


def toolkit_version() -> str:
    """The version of this distribution."""
    try:
        return version("news-toolkit")
    except PackageNotFoundError:
        return "unknown"


def logged(log: pl.DataFrame, step: str, settings: Mapping[str, Any]) -> pl.DataFrame:
    """The log with one more step."""
    told = json.dumps(settings, default=_named, ensure_ascii=False, sort_keys=True)
    return log.vstack(pl.DataFrame({"step": [step], "settings": [told], "toolkit": [toolkit_version()]}, schema=LOG))


def _named(value: Any) -> str:
    return getattr(value, "__name__", None) or str(value)
