"""What others built on the first release goes on working, and so does all of it with the oldest and newest of what it needs."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from apart import ROOT, Apart, wheel

import toolkit as tk

FIRSTS = Path(__file__).parent / "data" / "first-release" / "toolkit-firsts"
SMOKE = Path(__file__).parent / "data" / "smoke.py"
TEXTS = "FIRSTS\nTalks\nThe talks began with 12 states.\n---\n\n---\nGas\nGas rose by 3 per cent. Oil fell."
PROGRAM = """
import toolkit as tk
corpus = tk.load("day.firsts", progress=False)
assert corpus.documents["doc_id"].to_list() == ["firsts-0", "firsts-2"]
assert corpus.problems["problem"].to_list() == ["has no text in its part 2."]
assert corpus.frame("numerals")["numerals"].to_list() == [1, 1]
counted = tk.analyses.numeral_count(corpus, by="document", order="least", top=5)
assert counted.frame["amount"].to_list() == [1, 1], counted.frame
assert counted.sentences(document="Gas")["text"].to_list() == ["Gas rose by 3 per cent."]
print(counted.save("out.firsts").read_text())
tk.report(corpus, "report.html", analyses=["numeral_count"])
"""


def test_a_plugin_of_the_first_release_keeps_the_contract_of_today():
    assert tk.check_plugin(FIRSTS / "toolkit_firsts.py")["holds"].all()


def test_no_decorator_lost_an_argument_or_a_hookspec_one(tmp_path):
    """Specs only gain: what the first release offered is still taken."""
    import inspect

    given = {
        tk.loader: {"suffixes", "claims"},
        tk.annotator: {"needs"},
        tk.analysis: {"needs"},
        tk.exporter: {"suffixes"},
    }
    for decorator, arguments in given.items():
        assert arguments <= {*inspect.signature(decorator).parameters}


@pytest.mark.long
def test_a_plugin_of_the_first_release_works_as_a_wheel_beside_the_toolkit_of_today(tmp_path, apart):
    apart.install("--no-deps", str(wheel(FIRSTS, tmp_path)))
    (apart.home / "day.firsts").write_text(TEXTS, encoding="utf8")
    listed = apart.told("plugins")
    for name in ("loader    firsts", "annotator numerals", "analysis  numeral_count", "exporter  lines"):
        assert f"on  {name}" in listed
    assert "Firsts" in apart.told("run", "numeral_count", "day.firsts", "--by", "outlet", "--top", "3")
    assert "('Gas', 1.0)" in apart.run(apart.python, "-c", PROGRAM)
    assert "Numerals in figures only" in (apart.home / "report.html").read_text(encoding="utf8")


def lowest() -> list[str]:
    """What the toolkit needs, each at the lowest version that it says it works with."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    pins = [need.replace(">=", "==") for need in told["dependencies"]]
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", pin) for pin in pins), pins
    return pins


def pythons() -> list[str]:
    """The other Python interpreters on this machine that the toolkit supports, the newest of each minor version."""
    found = {}
    homes = [*Path.home().glob(".pyenv/versions/*/bin"), Path("/usr/bin"), Path("/usr/local/bin")]
    for path in (file for home in homes for file in sorted(home.glob("python3.[0-9]*")) if file.name[8:].isdigit()):
        found[int(path.name.split(".")[1])] = str(path)
    return [path for minor, path in sorted(found.items()) if minor >= 11 and minor != sys.version_info.minor]


def works(apart: Apart) -> None:
    """A little of everything works there, and the first notebook runs."""
    for file in (SMOKE, FIRSTS / "toolkit_firsts.py"):
        shutil.copy(file, apart.home)
    (apart.home / "out").mkdir()
    assert "all of it worked" in apart.run(apart.python, "smoke.py", "out")
    for folder in ("notebooks", "seeds"):
        shutil.copytree(ROOT / folder, apart.home / folder)
    notebook = str(apart.home / "notebooks" / "01_first_look.ipynb")
    apart.run(apart.python, "-m", "jupyter", "nbconvert", "--execute", "--to", "notebook", "--inplace", notebook)
    assert "application/vnd.vega.v5+json" in Path(notebook).read_text(encoding="utf8")


@pytest.mark.long
def test_all_of_it_works_with_the_lowest_version_of_everything_that_it_needs(tmp_path):
    works(Apart.made(tmp_path, pins=lowest()))


@pytest.mark.long
@pytest.mark.parametrize(
    "python",
    pythons() or [pytest.param("", marks=pytest.mark.skip("no other Python is here"))],
    ids=lambda python: Path(python).name,
)
def test_all_of_it_works_with_the_newest_versions_on_every_python_that_is_here(python, tmp_path):
    if subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True).returncode:
        pytest.skip(f"{python} cannot make environments")
    works(Apart.made(tmp_path, python=python))
