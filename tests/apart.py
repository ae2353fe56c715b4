"""An environment of its own with the built wheel of the toolkit in it, as a stranger would have it."""

from __future__ import annotations

import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Apart:
    """An environment in a folder. Commands run in `home`, outside of the checkout."""

    home: Path

    @classmethod
    def made(cls, home: Path) -> Apart:
        """A new environment with the toolkit's wheel installed, and nothing but what that needs."""
        venv.create(home / "env", with_pip=True)
        there = cls(home)
        there.install(str(wheel(ROOT, home / "wheels")))
        return there

    @property
    def python(self) -> str:
        return str(self.home / "env" / "bin" / "python")

    def install(self, *things: str) -> None:
        """Install with pip; what it says is in the error if it fails."""
        done = subprocess.run([self.python, "-m", "pip", "install", "-q", *things], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def told(self, *words: str) -> str:
        """What the command `toolkit` prints there; it must end well."""
        return self.run(str(self.home / "env" / "bin" / "toolkit"), *words)

    def run(self, *words: str) -> str:
        """What a command prints there; it must end well."""
        done = subprocess.run(words, cwd=self.home, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def wheel(source: Path, into: Path) -> Path:
    """The wheel that is built from a distribution's source."""
    before = {*into.glob("*.whl")}
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(into), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return next(iter({*into.glob("*.whl")} - before))
