"""The plugins in examples/ are what a third party would publish: their own tests pass, and each is found once installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from apart import wheel

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
def test_distributions_are_built_and_found_in_an_environment_of_their_own(tmp_path, apart):
    new("my_own", kind="analysis", folder=tmp_path, dist=True)
    homes = [*EXAMPLES, tmp_path / "toolkit-my-own"]
    apart.install("--no-deps", *(str(wheel(home, tmp_path / "wheels")) for home in homes))
    listed = apart.told("plugins")
    for name in ("analysis  clock", "exporter  text", "annotator dictionary", "loader    courant", "analysis  my_own"):
        assert f"on  {name}" in listed
    article = str(ROOT / "seeds" / "kremlin-talks.txt")
    assert "sentences" in apart.told("run", "my_own", article)
    apart.told("run", "topic_mix", article, "-o", "mix.txt")
    assert "Peace talks" in (apart.home / "mix.txt").read_text(encoding="utf8")
