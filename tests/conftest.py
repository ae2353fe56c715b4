"""What tests share: the user's article, small corpora, and a registry of one's own."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import pytest
from apart import Apart
from hypothesis import HealthCheck, settings

import toolkit as tk
from toolkit.registry import Registry

ROOT = Path(__file__).parents[1]

ASKING = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((ROOT / "toolkit").rglob("*.py"))
    if path.stem == "registry" or "\nfrom toolkit.registry import" in path.read_text(encoding="utf8")
]
"""The modules that ask the session's registry."""

# How long an example takes depends on what else the machine does; that is no fault of the code.
settings.register_profile("toolkit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("toolkit")


@pytest.fixture(scope="session")
def article() -> Path:
    return ROOT / "seeds" / "kremlin-talks.txt"


@pytest.fixture(scope="session")
def corpus(article: Path) -> tk.Corpus:
    """The user's article, loaded with the recogniser that is always there."""
    return tk.load(article, recognizer="builtin", progress=False)


@pytest.fixture(scope="session")
def sample() -> tk.Corpus:
    return tk.sample()


@pytest.fixture(scope="session")
def empty() -> tk.Corpus:
    return tk.load([], progress=False)


@pytest.fixture(scope="session")
def gold() -> Path:
    folder = os.environ.get("TOOLKIT_GOLD")
    if not folder:
        pytest.skip("TOOLKIT_GOLD is not set: no labelled data to measure on")
    return Path(folder)


@pytest.fixture(scope="session")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Apart:
    """An environment of its own with the built wheel; it takes a minute to make, so only long tests ask for it."""
    return Apart.made(tmp_path_factory.mktemp("apart"))


@pytest.fixture
def own_registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A registry that starts with the installed plugins, so that a test leaves the session's alone."""
    fresh = Registry()
    # All are imported before one is changed: a module imported later would keep this registry for good.
    for module in [importlib.import_module(name) for name in ASKING]:
        monkeypatch.setattr(module, "registry", fresh)
    return fresh
