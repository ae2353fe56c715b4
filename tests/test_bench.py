"""The benchmarks' frame: tables, targets, the page of figures."""

import json
from pathlib import Path

import bench
import pytest

DOCS = Path(__file__).parents[1] / "docs"
ROWS = [{"what": "ours", "speed": 300, "f1": 81.5}, {"what": "a peer", "speed": 100, "note": "a|b"}]


@pytest.mark.parametrize(
    ("target", "met", "wanted"),
    [
        (bench.Target("ours", "f1", 80), True, 80),
        (bench.Target("ours", "f1", 90), False, 90),
        (bench.Target("ours", "speed", "a peer", times=3), True, 300),
        (bench.Target("ours", "speed", "a peer", times=4), False, 400),
    ],
)
def test_a_target_is_met_or_missed(target: bench.Target, met: bool, wanted: float) -> None:
    told = target.told(ROWS)
    assert told is not None
    assert (told["met"], told["wanted"]) == (met, wanted)


@pytest.mark.parametrize("target", [bench.Target("ours", "speed", "absent"), bench.Target("absent", "f1", 1)])
def test_a_target_whose_figures_were_not_measured_is_neither(target: bench.Target) -> None:
    assert target.told(ROWS) is None


def test_a_table_has_every_column_and_a_dash_for_what_is_missing() -> None:
    assert bench.table(ROWS).splitlines() == [
        "| what | speed | f1 | note |",
        "| --- | --: | --: | --- |",
        "| ours | 300 | 81.5 | – |",
        "| a peer | 100 | – | a\\|b |",
    ]


def test_every_benchmark_is_found_by_its_function() -> None:
    assert {"aliases", "entities", "places", "quotes", "sentences", "speed"} <= set(bench.names())
    assert not {"bench", "gold", "generate"} & set(bench.names())


def test_a_benchmark_that_fails_is_named_and_the_others_run(tmp_path: Path, monkeypatch, capsys) -> None:
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    (folder / "fine.py").write_text(
        '"""How fine it is.\n\n    python fine.py\n\nVery.\n"""\ndef run(quick=False):\n    return [{"a": "b", "quick": quick}]\n'
    )
    (folder / "broken.py").write_text('"""How broken."""\ndef run(quick=False):\n    raise ValueError("no data")\n')
    monkeypatch.setattr(bench, "FOLDER", folder)
    monkeypatch.setattr("sys.argv", ["bench.py", "--into", str(tmp_path)])
    assert bench.main() == 1
    assert "broken failed: ValueError: no data" in capsys.readouterr().err
    page = (tmp_path / "quality.md").read_text(encoding="utf8")
    assert "## How fine it is.\n\nVery.\n\n| a | quick |" in page
    assert list(json.loads((tmp_path / "quality.json").read_text(encoding="utf8"))) == ["fine"]


def test_the_page_of_figures_is_what_was_measured() -> None:
    sections = json.loads((DOCS / "quality.json").read_text(encoding="utf8"))
    assert (DOCS / "quality.md").read_text(encoding="utf8") == bench.page(sections)


@pytest.mark.parametrize("name", ["scale", "whole"])
def test_a_table_of_the_page_on_scale_is_what_was_measured(name) -> None:
    rows = json.loads((DOCS / f"{name}.json").read_text(encoding="utf8"))
    page = (DOCS / "performance.md").read_text(encoding="utf8")
    assert f"<!-- {name} -->\n{bench.table(rows)}<!-- /{name} -->" in page
