"""What others built on the first release goes on working: a plugin of each kind, kept as it was written then."""

from pathlib import Path

import pytest
from apart import wheel

import toolkit as tk

FIRSTS = Path(__file__).parent / "data" / "first-release" / "toolkit-firsts"
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
