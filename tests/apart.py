"""An environment of its own with the built wheel of the toolkit in it, as a stranger would have it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNREACHED = ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "ProxyError")
"""What pip says where there is no way to a registry."""


@dataclass(frozen=True)
class Apart:
    """An environment in a folder. Commands run in `home`, outside of the checkout."""

    home: Path

    @classmethod
    def made(cls, home: Path, *, python: str = sys.executable, pins: Sequence[str] = ()) -> Apart:
        """A new environment of an interpreter with the toolkit's wheel, and what that needs, in it; of `pins` those versions."""
        subprocess.run([python, "-m", "venv", str(home / "env")], check=True, capture_output=True)
        there = cls(home)
        there.install(str(wheel(ROOT, home / "wheels")), *pins)
        return there

    @property
    def python(self) -> str:
        return str(self.home / "env" / "bin" / "python")

    def install(self, *things: str) -> None:
        """Install with pip; what it says is in the error if it fails. Where no registry can be reached, the test is skipped."""
        done = subprocess.run([self.python, "-m", "pip", "install", "-q", *things], capture_output=True, text=True)
        if done.returncode and any(sign in done.stderr for sign in UNREACHED):
            pytest.skip("no registry of packages can be reached")
        assert done.returncode == 0, done.stderr

    def told(self, *words: str) -> str:
        """What the command `toolkit` prints there; it must end well."""
        return self.run(str(self.home / "env" / "bin" / "toolkit"), *words)

    def run(self, *words: str) -> str:
        """What a command prints there; it must end well."""
        bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(words, cwd=self.home, env=bare, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def wheel(source: Path, into: Path) -> Path:
    """The wheel that is built from a distribution's source."""
    before = {*into.glob("*.whl")}
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(into), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return next(iter({*into.glob("*.whl")} - before))
