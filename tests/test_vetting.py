"""A saved corpus from a stranger, or a damaged one, is opened safely: each thing that is wrong is told in a sentence."""

import json
import shutil

import polars as pl
import pytest

import toolkit as tk
from toolkit.vetting import Damaged


@pytest.fixture(scope="module")
def made(tmp_path_factory, corpus):
    return corpus.save(tmp_path_factory.mktemp("made") / "corpus", frames=["dates"])


@pytest.fixture
def saved(tmp_path, made):
    return shutil.copytree(made, tmp_path / "corpus")


def told(folder, **changed):
    path = folder / "corpus.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


def test_what_was_saved_is_opened(saved, corpus):
    opened = tk.open(saved)
    assert opened.fingerprint == corpus.fingerprint
    assert opened.frame("dates").equals(corpus.frame("dates"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"format": "1"}, "has no format as"),
        ({"format": 99}, "writes a newer format"),
        ({"settings": ["builtin"]}, "has no settings as"),
        ({"settings": {"recognizer": {"os": "system"}}}, "has no settings as"),
        ({"annotated": "abc"}, "has no annotated as"),
        ({"annotated": [["dates", 1, "[]"]]}, "has no annotated as"),
        ({"annotated": [["../../away", "", "[]"]] * 2}, r"annotated-1.parquet' of the saved corpus cannot be read"),
        ({"documents": 7}, "has 1 documents, and its manifest 7; it was not copied whole"),
    ],
)
def test_a_manifest_that_is_not_as_it_is_written_is_refused(saved, changed, says):
    told(saved, **changed)
    with pytest.raises(tk.errors.ToolkitError, match=says):
        tk.open(saved)


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, '{"format": NaN}', " " * (2**20 + 1), "\x00"])
def test_what_is_no_manifest_is_refused(saved, text):
    (saved / "corpus.json").write_text(text)
    with pytest.raises(Damaged):
        tk.open(saved)


@pytest.mark.parametrize(
    "name", ["documents.parquet", "topics.parquet", "problems.parquet", "annotated-0.parquet", "codebook.toml"]
)
@pytest.mark.parametrize("raw", [b"", b"PAR1", b"\xff" * 4000, None])
def test_a_part_that_is_missing_or_cannot_be_read_is_named(saved, name, raw):
    if raw is None:
        (saved / name).unlink()
    else:
        (saved / name).write_bytes(raw)
    if name == "codebook.toml" and raw == b"":
        return  # an empty codebook is one without topics
    with pytest.raises(tk.errors.ToolkitError, match=r"saved corpus|codebook"):
        tk.open(saved)


def test_columns_of_another_type_are_refused(saved):
    path = saved / "sentences.parquet"
    pl.read_parquet(path).with_columns(start=pl.lit("0")).write_parquet(path)
    with pytest.raises(Damaged, match=r"has start as String, not Int64; it is not what corpus.save wrote"):
        tk.open(saved)


def test_a_table_that_claims_to_fill_the_memory_is_not_read(saved):
    path = saved / "topics.parquet"
    pl.select(pl.repeat("a", 5_000_000).alias("doc_id")).write_parquet(path, compression="zstd", statistics=False)
    assert path.stat().st_size < 20_000
    with pytest.raises(Damaged, match=r"claims 5,000,000 rows in [\d,]+ bytes; it is not opened"):
        tk.open(saved)


def test_nothing_is_written_or_read_through_a_link(saved, tmp_path, corpus):
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (saved / "codebook.toml").unlink()
    (saved / "codebook.toml").symlink_to(victim)
    for act in (lambda: corpus.save(saved), lambda: tk.open(saved)):
        with pytest.raises(Damaged, match="is a link; a saved corpus is made of plain files alone"):
            act()
    assert victim.read_text() == "mine"


def test_offsets_and_names_that_lie_cost_nothing_but_wrong_marks(saved):
    """A stranger's frames can say anything of their own article; they reach nothing else, and show as text."""
    path = saved / "entities.parquet"
    lies = pl.read_parquet(path).with_columns(
        start=pl.col("start") - 1000, end=pl.col("end") + 10**9, entity=pl.lit("<script>alert(1)</script>")
    )
    lies.write_parquet(path)
    opened = tk.open(saved)
    shown = opened.read()._repr_html_()
    assert "<script" not in shown
    assert "<script" not in opened._repr_html_()


def test_a_recognizer_that_a_manifest_names_is_never_imported(saved):
    told(
        saved,
        settings={"recognizer": "os.system", "topic_model": "auto", "language": None, "dedupe": "mark", "used": "x"},
    )
    opened = tk.open(saved)
    more = opened.add(["A text of another kind."], progress=False)
    assert "recognizer is 'os.system'; it may be 'auto', 'builtin', 'spacy'" in more.problems["problem"][-1]
