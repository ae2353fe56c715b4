"""What `toolkit new` writes works as it is: its own test passes, and the contract holds."""

import subprocess
import sys

import pytest

import toolkit as tk
from toolkit.cli import main
from toolkit.errors import SettingError
from toolkit.scaffold import new

KINDS = ["analysis", "annotator", "loader", "exporter"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_plugin_keeps_the_contract_and_its_own_test_passes(kind, tmp_path):
    plugin, test = new("my_own", kind=kind, folder=tmp_path)
    assert tk.check_plugin(plugin)["holds"].all()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(test)], cwd=tmp_path, capture_output=True, text=True
    )
    assert "2 passed" in done.stdout, done.stdout


def test_a_new_loader_reads_its_files_and_says_what_it_skips(tmp_path, own_registry):
    own_registry.use(new("wire", kind="loader", folder=tmp_path)[0])
    (tmp_path / "day.wire").write_text("One\n\nFirst text.\n-----\nEmpty\n-----\nTwo\n\nSecond text.\n")
    corpus = tk.load(tmp_path / "day.wire", recognizer="builtin")
    assert corpus.documents["title"].to_list() == ["One", "Two"]
    assert "an article without text ('Empty')" in corpus.problems["problem"][0]


def test_a_new_exporter_writes_a_result(tmp_path, own_registry, corpus):
    own_registry.use(new("wiki", kind="exporter", folder=tmp_path)[0])
    text = tk.analyses.topic_mix(corpus).save(tmp_path / "mix.wiki").read_text(encoding="utf8")
    assert text.startswith("## ")
    assert "| topic | share |" in text


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("Top Words", "analysis", "cannot be called 'Top Words'"),
        ("class", "analysis", "cannot be called 'class'"),
        ("../away", "analysis", "cannot be called '../away'"),
        ("mine", "chart", "There is no kind of plugin 'chart'; there are loader, annotator, analysis, exporter."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(name, kind, says, tmp_path):
    with pytest.raises(SettingError, match=says):
        new(name, kind=kind, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path, capsys):
    assert main(["new", "mine", "-o", str(tmp_path)]) == 0
    (tmp_path / "toolkit_mine.py").write_text("changed")
    assert main(["new", "mine", "-o", str(tmp_path)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "toolkit_mine.py").read_text() == "changed"
