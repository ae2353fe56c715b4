"""Whatever is saved makes its folder, and what stands in the way is told in a sentence."""

from pathlib import Path

import pytest

import toolkit as tk
from toolkit.target import written

SAVED = {
    "a corpus": lambda corpus, path: corpus.save(path),
    "a codebook": lambda corpus, path: corpus.codebook.save(path),
    "a ledger": lambda corpus, path: corpus.ledger.save(path),
    "a figure": lambda corpus, path: tk.analyses.topic_mix(corpus).save(path.with_suffix(".csv")),
    "a report": lambda corpus, path: tk.report(corpus, path.with_suffix(".html"), analyses=["topic_mix"]),
}


@pytest.fixture(scope="module")
def corpus():
    return tk.load(["Iran met France."], topics={"Iran": ["Iran"]}, recognizer="builtin", progress=False)


@pytest.mark.parametrize("what", SAVED)
def test_the_folder_is_made(corpus, what, tmp_path):
    assert SAVED[what](corpus, tmp_path / "new" / "saved").exists()


@pytest.mark.parametrize("what", SAVED)
def test_a_file_where_a_folder_should_be_is_told(corpus, what, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match=r"saved.*' cannot be written \(.*file'\); choose another file or folder"):
        SAVED[what](corpus, tmp_path / "file" / "saved")
    assert (tmp_path / "file").read_text() == "no folder"


def test_a_corpus_is_not_saved_over_a_file(corpus, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OSError, match=r"notes\.txt' cannot be written \(File exists\)"):
        corpus.save(tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_in_place_of_the_file_is_told(corpus, tmp_path):
    (tmp_path / "sub").mkdir()
    for save in (corpus.codebook.save, corpus.ledger.save):
        with pytest.raises(OSError, match=r"sub' cannot be written \(Is a directory\);"):
            save(tmp_path / "sub")
    assert [path.name for path in tmp_path.iterdir()] == ["sub"]


def test_what_cannot_be_read_elsewhere_is_not_told_of_the_file_to_write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError) as told, written("report.html"):
        Path("other/place.parquet").read_bytes()
    assert "report.html" not in str(told.value)
