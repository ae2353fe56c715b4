"""The plugins in examples/ are what a third party would publish: their own tests pass, and each is found once installed."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from toolkit.scaffold import new

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path for path in (ROOT / "examples" / "plugins").iterdir() if path.is_dir())


@pytest.mark.parametrize("home", EXAMPLES, ids=lambda home: home.name)
def test_an_example_passes_its_own_tests(home):
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=home, env=os.environ | {"PYTHONPATH": str(home)}, capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout


@pytest.mark.long
def test_distributions_are_built_and_found_in_an_environment_of_their_own(tmp_path):
    new("my_own", kind="analysis", folder=tmp_path, dist=True)
    homes = [*EXAMPLES, tmp_path / "toolkit-my-own"]
    for home in homes:
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "wheels"), str(home)],
            check=True, capture_output=True,
        )  # fmt: skip
    venv.create(tmp_path / "apart", with_pip=True)
    python = tmp_path / "apart" / "bin" / "python"
    wheels = sorted(map(str, (tmp_path / "wheels").glob("*.whl")))
    assert len(wheels) == len(homes)
    subprocess.run([python, "-m", "pip", "install", "-q", str(ROOT), *wheels], check=True, capture_output=True)

    def told(*words):
        done = subprocess.run([python, "-m", "toolkit.cli", *words], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = told("plugins")
    for name in ("analysis  clock", "exporter  text", "annotator dictionary", "loader    courant", "analysis  my_own"):
        assert f"on  {name}" in listed
    article = str(ROOT / "seeds" / "kremlin-talks.txt")
    assert "sentences" in told("run", "my_own", article)
    told("run", "topic_mix", article, "-o", "mix.txt")
    assert "Peace talks" in (tmp_path / "mix.txt").read_text(encoding="utf8")
