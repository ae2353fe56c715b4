"""Every bundled plugin keeps the contract, and the check finds what does not."""

from pathlib import Path

import altair as alt
import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import PluginError

FOLDER = Path(__file__).parents[1] / "plugins"
PLUGINS = sorted([*FOLDER.glob("toolkit_*.py"), *(found.parent for found in FOLDER.glob("toolkit_*/__init__.py"))])


@pytest.mark.parametrize("path", PLUGINS, ids=lambda path: path.stem)
def test_every_bundled_plugin_keeps_the_contract(path):
    assert tk.check_plugin(path)["holds"].all()


def raises(corpus):
    """Raises."""
    raise ZeroDivisionError("division by zero")


def undocumented(corpus):
    return tk.Result(corpus.documents.select("doc_id"))


def draws_something_else(corpus):
    """Draws what its frame does not have."""
    other = pl.DataFrame({"made_up": [1, 2]})
    return tk.Result(corpus.documents.select("doc_id"), alt.Chart(other).mark_bar().encode(x="made_up:Q"))


def leads_nowhere(corpus):
    """Evidence of sentences that do not exist."""
    frame = pl.DataFrame({"kind": ["a", "b"], "n": [1, 2]})
    evidence = pl.DataFrame({"doc_id": ["none"], "sent_id": [0], "kind": ["a"]})
    return tk.Result(frame, alt.Chart(frame).mark_bar().encode(x="n"), evidence=evidence)


def lengths(corpus):
    sentences = corpus.sentences
    return sentences.group_by("words").len().sort("words"), sentences.select("doc_id", "sent_id", "words")


def bars(data):
    return alt.Chart(data).mark_bar().encode(x="words", y="len")


def leads_to_other_marks(corpus):
    """Evidence that belongs to none of its rows."""
    frame, evidence = lengths(corpus)
    return tk.Result(frame, bars(frame), evidence=evidence.with_columns(pl.col("words") + 10_000))


def doubles(corpus):
    """Draws other numbers than it gives."""
    frame, evidence = lengths(corpus)
    return tk.Result(frame, bars(frame.with_columns(pl.col("len") * 2)), evidence=evidence)


def draws_nothing(corpus):
    """Axes without a mark."""
    frame, evidence = lengths(corpus)
    return tk.Result(frame, bars(frame).transform_filter("false"), evidence=evidence)


def changes(corpus, *, seen: list[str] | None = None):
    """Gives something else each time."""
    COUNTER.append(1)
    frame = pl.DataFrame({"n": [len(COUNTER)]})
    return tk.Result(frame, alt.Chart(frame).mark_bar().encode(x="n"))


COUNTER: list[int] = []


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (raises, "it answers for one article - it raised ZeroDivisionError: division by zero"),
        (undocumented, "docstring"),
        (draws_something_else, "its chart draws made_up, which the frame does not have"),
        (leads_nowhere, "none of its evidence is a sentence of the corpus"),
        (leads_to_other_marks, "no row of its frame has the words of any of its evidence"),
        (doubles, "rows whose numbers are not those of the frame"),
        (draws_nothing, "its picture is not blank - nothing is drawn"),
        (changes, "two calls on the same corpus gave different frames"),
    ],
)
def test_the_check_names_each_point_that_does_not_hold(function, says):
    with pytest.raises(PluginError) as caught:
        tk.check_plugin(tk.analysis(function))
    assert says in str(caught.value)


def test_a_file_that_cannot_be_imported_is_a_point_that_does_not_hold(tmp_path):
    path = tmp_path / "toolkit_broken.py"
    path.write_text("import nothing_of_this_name", encoding="utf8")
    with pytest.raises(PluginError, match=r"it can be loaded - ModuleNotFoundError"):
        tk.check_plugin(path)
