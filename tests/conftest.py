"""What tests share: the user's article, small corpora, and a registry of one's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from apart import Apart
from hypothesis import HealthCheck, settings

import toolkit as tk
from toolkit.registry import Registry

ROOT = Path(__file__).parents[1]

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
    for module in (
        "toolkit.registry",
        "toolkit.caller",
        "toolkit.corpus",
        "toolkit.result",
        "toolkit.loaders",
        "toolkit.session",
        "toolkit.following",
        "toolkit.explorer.application",
        "toolkit.explorer.evidence",
        "toolkit.explorer.panel",
    ):
        monkeypatch.setattr(f"{module}.registry", fresh)
    return fresh
