"""Writes a plugin that already works, for an author to change: one file and its test, or a distribution to publish."""

from __future__ import annotations

import keyword
from pathlib import Path
from string import Template
from typing import get_args

from toolkit.errors import SettingError
from toolkit.kinds import Kind
from toolkit.log import toolkit_version

TEMPLATES = Path(__file__).parent / "data" / "new"
ONE = {"$module.py": "$kind.py", "test_$module.py": "test.py"}
"""What is written for a plugin, and the template it is made from."""
DISTRIBUTION = {
    "$module.py": "$kind.py",
    "tests/test_$module.py": "test.py",
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    ".github/workflows/test.yml": "test.yml",
}


def new(name: str, *, kind: str = "analysis", folder: str | Path = ".", dist: bool = False) -> list[Path]:
    """Write a plugin of this name that already works, with its test; gives the paths of the files written.

    `toolkit_NAME.py` and `test_toolkit_NAME.py` in `folder` or, with `dist`, a folder `toolkit-NAME` there that `pip install`
    takes and that can be published. Raises SettingError for a name that no Python function can have or an unknown kind, and
    FileExistsError rather than overwrite a file.
    """
    if not name.isidentifier() or keyword.iskeyword(name) or name != name.lower():
        raise SettingError(
            f"A plugin cannot be called {name!r}; take lower-case letters, digits and _, as in top_words."
        )
    if kind not in get_args(Kind):
        raise SettingError(f"There is no kind of plugin {kind!r}; there are {', '.join(get_args(Kind))}.")
    dashed = name.replace("_", "-")
    words = {
        "name": name,
        "kind": kind,
        "module": f"toolkit_{name}",
        "dashed": dashed,
        "suffix": name.replace("_", ""),
        "version": toolkit_version(),
    }
    home = Path(folder).expanduser() / (f"toolkit-{dashed}" if dist else "")
    wanted = {
        home / Template(path).substitute(words): Template(template).substitute(words) + ".txt"
        for path, template in (DISTRIBUTION if dist else ONE).items()
    }
    there = next((path for path in wanted if path.exists()), None)
    if there:
        raise FileExistsError(f"{str(there)!r} is there already; take another name or folder.")
    for path, template in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (TEMPLATES / template).read_text(encoding="utf8")
        path.write_text(Template(text).substitute(words), encoding="utf8")
    return list(wanted)
