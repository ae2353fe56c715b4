"""What an explorer shows, as code: the calls that give the same."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any


def called(function: str, corpus: str, settings: Mapping[str, Any]) -> str:
    """A call of a function on a corpus: "tk.analyses.topic_mix(corpus, by='outlet')"."""
    return f"tk.{function}({', '.join([corpus, *arguments(settings)])})"


def arguments(settings: Mapping[str, Any]) -> list[str]:
    """Keyword arguments, as they are written; names that are no Python names go into a dict."""
    plain = {name: value for name, value in settings.items() if name.isidentifier()}
    strange = {name: value for name, value in settings.items() if name not in plain}
    told = [f"{name}={written(value)}" for name, value in plain.items()]
    return told + ([f"**{written(strange)}"] if strange else [])


def written(value: Any) -> str:
    """A value as Python has it, strings in double quotes, days as their numbers."""
    if isinstance(value, str):
        quoted = repr(value)
        return f'"{quoted[1:-1]}"' if quoted[0] == "'" and '"' not in value else quoted
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(name)}: {written(held)}" for name, held in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(written, value))
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
    return repr(value)


def imports(code: str) -> str:
    """The lines that a piece of code needs before it."""
    return (
        "import toolkit as tk\n"
        if not re.search(r"\bdatetime\.", code)
        else "import datetime\n\nimport toolkit as tk\n"
    )


def name_of(corpus: Any) -> str:
    """The name that the notebook has for this corpus; `corpus` if it has none."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    names = shell.user_ns if shell is not None else {}
    return next((name for name, value in names.items() if value is corpus and not name.startswith("_")), "corpus")
