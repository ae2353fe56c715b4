"""From whatever a user hands over to a corpus: nothing good is lost beside the bad, and texts in memory stay as they are."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import schema


def load(source, **given):
    return tk.load(source, **{"recognizer": "builtin", "progress": False} | given)


def test_a_missing_path_is_one_sentence_that_says_what_is_there(tmp_path):
    (tmp_path / "talks.txt").write_text("The talks resumed.", encoding="utf8")
    with pytest.raises(
        FileNotFoundError, match=r"There is no file or folder .*talk\.txt'; the folder .* holds talks\.txt"
    ):
        load(str(tmp_path / "talk.txt"))


def test_a_pattern_that_matches_nothing_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="No file matches the pattern"):
        load(str(tmp_path / "*.txt"))


def test_a_folder_with_bad_files_gives_the_good_ones_and_names_the_bad(tmp_path):
    (tmp_path / "a.txt").write_text("The talks resumed in Geneva.", encoding="utf8")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_bytes("Der Präsident sprach über die Verhandlungen in Zürich und Köln.".encode("cp1252"))
    (tmp_path / "README.md").write_text("Read me.", encoding="utf8")
    (tmp_path / ".hidden").write_text("Hidden.", encoding="utf8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "e.txt").write_text("France agreed.", encoding="utf8")
    corpus = load(tmp_path)
    assert [source.rsplit("/", 1)[-1] for source in corpus.documents["source"]] == ["a.txt", "d.txt", "e.txt"]
    assert "Präsident" in corpus.documents["text"][1]
    told = {
        row["source"].rsplit("/", 1)[-1]: (row["action"], row["problem"])
        for row in corpus.problems.iter_rows(named=True)
    }
    assert told["b.txt"][0] == "skipped"
    assert "binary" in told["b.txt"][1]
    assert told["c.txt"] == ("skipped", "is empty.")
    assert told["d.txt"][0] == "repaired"
    assert "not UTF-8" in told["d.txt"][1]
    assert told["README.md"][0] == told[".hidden"][0] == "passed over"


def test_a_missing_path_in_a_list_costs_only_itself(tmp_path):
    (tmp_path / "a.txt").write_text("The talks resumed.", encoding="utf8")
    corpus = load([tmp_path / "a.txt", tmp_path / "b.txt", "Iran did not comment on the talks."])
    assert len(corpus) == 2
    assert corpus.problems["action"].to_list() == ["skipped"]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("The talks resumed.\nIran was absent.", ["The talks resumed.\nIran was absent."]),
        (["One text here.", {"text": "Two."}], ["One text here.", "Two."]),
        ({"body": "A body.", "headline": "A title"}, ["A body."]),
        (tk.Article("An article."), ["An article."]),
        ([], []),
        ([""], [""]),
    ],
)
def test_objects_in_memory_are_articles(source, texts):
    assert load(source).documents["text"].to_list() == texts


def test_fields_of_a_dict_become_columns_and_the_rest_is_kept_as_meta():
    record = {
        "id": 7,
        "text": "France agreed.",
        "headline": " A  title ",
        "date": "2026-02-04T10:00:00+01:00",
        "authors": ["A", "B"],
        "mood": "calm",
    }
    row = load([record]).documents.row(0, named=True)
    assert row["doc_id"] == "7"
    assert row["title"] == "A title"
    assert row["published"].isoformat() == "2026-02-04T09:00:00+00:00"
    assert row["date_source"] == "source"
    assert row["author"] == "A, B"
    assert row["meta"] == '{"mood": "calm"}'


def test_columns_say_which_field_is_which():
    row = load([{"text": "not this", "lead": "This one."}], columns={"text": "lead"}).documents.row(0, named=True)
    assert row["text"] == "This one."


def test_a_repeated_id_gets_a_number_in_the_sources_order_and_a_line_in_problems():
    corpus = load(
        [
            {"id": "a", "text": "One."},
            {"id": "a", "text": "Two."},
            {"id": "a-2", "text": "Three."},
            {"id": "a", "text": "Four."},
        ]
    )
    assert corpus.documents["doc_id"].to_list() == ["a", "a-2", "a-2-2", "a-3"]
    assert corpus.problems.height == 3


def test_an_id_comes_from_content_and_not_from_place(tmp_path):
    for name in ("x.txt", "y.txt"):
        (tmp_path / name).write_text("The same text.", encoding="utf8")
    ids = [load(tmp_path / name).documents["doc_id"][0] for name in ("x.txt", "y.txt")]
    assert ids[0] == ids[1]


@given(st.lists(st.text(max_size=300), max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_text_in_memory_comes_back_code_point_for_code_point_and_every_offset_holds(texts):
    corpus = load([{"text": text} for text in texts])
    kept = ["".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text) for text in texts]
    assert corpus.documents["text"].to_list() == kept
    by_id = dict(corpus.documents.select("doc_id", "text").iter_rows())
    for name in ("sentences", "entities"):
        for row in corpus.frame(name).iter_rows(named=True):
            assert by_id[row["doc_id"]][row["start"] : row["end"]] == row["text"]
    for doc_id, text in by_id.items():
        covered = set()
        for row in corpus.sentences.filter(pl.col("doc_id") == doc_id).iter_rows(named=True):
            span = set(range(row["start"], row["end"]))
            assert not covered & span
            covered |= span
        assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


def test_every_frame_has_its_documented_schema_and_an_empty_corpus_the_same(corpus, empty):
    for name, table in schema.CORE.items():
        assert corpus.frame(name).schema == table.schema
        assert empty.frame(name).schema == table.schema
        assert empty.frame(name).is_empty()


def test_weights_sum_to_one_and_mentions_do_not_overlap(corpus):
    sums = corpus.topics.group_by("doc_id", "sent_id").agg(pl.col("weight").sum())
    assert (sums["weight"] - 1).abs().max() < 1e-9
    mentions = corpus.entities.sort("start")
    assert (mentions["start"][1:] >= mentions["end"][:-1]).all()


@pytest.mark.parametrize("recognizer", ["flair", 5])
def test_a_recogniser_that_there_is_not_is_refused_before_anything_is_loaded(recognizer):
    with pytest.raises(tk.SettingError, match=r"it may be 'auto', 'builtin', 'spacy' or a function\.$"):
        tk.load(["Alice met Bob in Paris."], recognizer=recognizer, progress=False)


def test_a_recogniser_of_ones_own_is_used_and_named():
    def finds_france(texts):
        return [[(text.index("Frob"), text.index("Frob") + 4, "PERSON")] if "Frob" in text else [] for text in texts]

    corpus = load(["Frob agreed to it. They met."], recognizer=finds_france)
    assert "Frob" in corpus.entities["text"].to_list()
    assert "finds_france" in corpus.log["settings"].str.join("").item()


def test_a_corpus_is_saved_and_opened_as_it_was(corpus, tmp_path):
    again = tk.open(corpus.save(tmp_path / "saved"))
    for name in schema.CORE:
        assert_frame_equal(again.frame(name), corpus.frame(name))
    assert again.fingerprint == corpus.fingerprint
    assert again.codebook == corpus.codebook
    assert_frame_equal(again.problems, corpus.problems)


FIELD = st.none() | st.text(max_size=30)
RECORD = st.fixed_dictionaries(
    {"text": st.text(max_size=200)},
    optional={
        **dict.fromkeys(("id", "title", "outlet", "author", "section", "language", "url", "mood"), FIELD),
        "published": st.none() | st.datetimes() | st.dates() | st.text(max_size=12),
        "meta": st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=2),
    },
)


@given(st.lists(RECORD, max_size=4))
@settings(max_examples=25, deadline=None)
def test_whatever_was_loaded_is_opened_as_it_was_saved(tmp_path_factory, records):
    corpus = load(records)
    again = tk.open(corpus.save(tmp_path_factory.mktemp("saved")))
    for name in schema.CORE:
        assert_frame_equal(again.frame(name), corpus.frame(name), check_exact=True)
    assert_frame_equal(again.problems, corpus.problems)
    assert_frame_equal(again.log, corpus.log)
    assert again.fingerprint == corpus.fingerprint
    assert (len(again), again.documents["text"].to_list()) == (len(records), corpus.documents["text"].to_list())


def test_opening_what_is_no_corpus_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no saved corpus in .*tk\.load"):
        tk.open(tmp_path)
