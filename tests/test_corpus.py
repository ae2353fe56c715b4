"""A corpus is a value: its parts are consistent, its groups and counts come from one place."""

import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import SettingError, ToolkitError
from toolkit.grouping import OURS, TIMES
from toolkit.registry import registry

ARTICLES = [
    {
        "id": "a",
        "text": "The talks resumed in Geneva. Iran did not attend the talks.",
        "outlet": "North",
        "published": "2026-02-02",
        "mood": "calm",
    },
    {"id": "b", "text": "France sent an envoy.", "outlet": "South", "published": "2026-02-03T18:00:00Z"},
    {"id": "c", "text": "It rained all day.", "outlet": "South"},
]


@pytest.fixture(scope="module")
def three() -> tk.Corpus:
    return tk.load(ARTICLES, recognizer="builtin", progress=False)


@pytest.mark.parametrize(
    ("conditions", "left"),
    [
        ({"outlet": "South"}, ["b", "c"]),
        ({"outlet": ["North", "South"]}, ["a", "b", "c"]),
        ({"since": "2026-02-03"}, ["b"]),
        ({"until": "2026-02-03"}, ["a", "b"]),
        ({"text": "GENEVA"}, ["a"]),
        ({"topic": "France"}, ["b"]),
        ({"entity": "Iran"}, ["a"]),
        ({"country": "FRA"}, ["b"]),
        ({"outlet": "South", "topic": "Iran"}, []),
        ({}, ["a", "b", "c"]),
    ],
)
def test_where_gives_a_corpus_whose_frames_agree(three, conditions, left):
    part = three.where(**conditions)
    assert part.documents["doc_id"].to_list() == left
    for name in ("sentences", "entities", "topics"):
        assert set(part.frame(name)["doc_id"]) <= set(left)
    assert part.codebook == three.codebook


def test_filter_takes_polars_expressions(three):
    assert three.filter(pl.col("words") < 5).documents["doc_id"].to_list() == ["b", "c"]


def test_an_unknown_condition_says_what_there_is(three):
    with pytest.raises(SettingError, match="no column 'mood' to choose documents by; there are topic, entity"):
        three.where(mood="calm")


@pytest.mark.parametrize(("count", "total"), [("words", 19.0), ("sentences", 4.0), ("articles", 3.0), ("stories", 3.0)])
def test_amounts_add_up_to_what_is_counted(three, count, total):
    assert three.grouped("all", count).collect()["amount"].sum() == pytest.approx(total)


def test_copies_of_a_story_count_once(three):
    copied = tk.Corpus(
        {
            **three.frames,
            "documents": three.scan("documents").with_columns(
                duplicate_of=pl.when(pl.col("doc_id") == "c").then(pl.lit("b"))
            ),
        },
        three.codebook,
        {},
    )
    assert copied.grouped("outlet", "stories").collect()["amount"].sum() == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("outlet", {"North": 2, "South": 2}),
        ("mood", {"calm": 2, "not given": 2}),
        ("section", {"before the first heading": 4}),
    ],
)
def test_groups_are_columns_keys_of_meta_or_headings(three, by, groups):
    counted = three.grouped(by, "sentences").group_by(by).agg(pl.col("amount").sum()).collect()
    assert dict(counted.iter_rows()) == groups


def test_groups_by_time_keep_the_undated_as_null(three):
    days = three.grouped("day", "articles").group_by("day").agg(pl.col("amount").sum()).sort("day").collect()
    assert [str(day) for day in days["day"]] == ["None", "2026-02-02", "2026-02-03"]


def test_an_unknown_group_says_what_there_is(three):
    with pytest.raises(SettingError, match="nothing named 'colour' to group by; there is: all, document"):
        three.grouped("colour")


def test_an_unknown_frame_says_what_there_is(three):
    with pytest.raises(ToolkitError, match="no frame 'quotations'; there are documents, sentences"):
        three.frame("quotations")


def test_an_annotators_frame_is_computed_once_for_each_setting(three, own_registry):
    calls = []

    @tk.annotator
    def lengths(corpus, *, least: int = 0):
        """Lengths."""
        calls.append(least)
        return corpus.sentences.filter(pl.col("words") > least).select("doc_id", "sent_id", "words")

    own_registry.use(lengths)
    fresh = three.where()
    assert fresh.frame("lengths").height == 4
    assert fresh.frame("lengths", least=0).height == 4
    assert fresh.frame("lengths", least=4).height == 2
    assert calls == [0, 4]


def test_document_topics_has_a_row_for_every_document_and_topic_and_sums_to_one(three):
    frame = three.frame("document_topics")
    assert frame.height == 3 * (len(three.codebook.topics) + 1)
    assert frame.group_by("doc_id").agg(pl.col("share").sum())["share"].to_list() == pytest.approx([1.0] * 3)


def test_retopic_changes_topics_and_nothing_else(three):
    other = three.retopic(["Rain"])
    held = other.topics.filter(pl.col("topic") == "Rain", pl.col("weight") >= 0.3)
    assert held["doc_id"].to_list() in (["c"], [])
    assert other.sentences.equals(three.sentences)
    assert other.fingerprint != three.fingerprint
    assert three.codebook.topics != other.codebook.topics


def test_the_fingerprint_does_not_depend_on_the_order_of_articles(three):
    backwards = tk.load(ARTICLES[::-1], recognizer="builtin", progress=False)
    assert backwards.fingerprint == three.fingerprint
    assert tk.load(ARTICLES[:2], recognizer="builtin", progress=False).fingerprint != three.fingerprint


def test_sql_reads_the_frames(three):
    assert three.sql("SELECT outlet, count(*) AS n FROM documents GROUP BY outlet ORDER BY outlet").rows() == [
        ("North", 1),
        ("South", 2),
    ]


def test_the_card_says_what_is_in_it_and_escapes_it(three):
    text = repr(three)
    for said in ("3 articles", "South 2, North 1", "2–3 Feb 2026; 1 undated"):
        assert said in text
    assert repr(three).startswith("Corpus\n  articles  3 articles")
    bad = tk.load(
        [{"text": "Talks.", "outlet": "<script>alert(1)</script>", "title": "<img src=x>"}],
        recognizer="builtin",
        progress=False,
    )
    assert "<script" not in bad._repr_html_()
    assert "<img" not in bad._repr_html_()


@pytest.mark.parametrize(
    ("first", "last", "period", "bars"),
    [("2026-02-02", "2026-02-05", "day", 4), ("2026-02-02", "2026-06-01", "week", 18), ("2020-01-31", "2026-02-01", "month", 74),
     ("1970-01-01", "2026-02-01", "year", 57), ("1605-01-01", "2026-02-01", "decade", 43), ("2026-02-02", "2026-02-02", "day", 1)],
)  # fmt: skip
def test_the_card_shows_articles_over_time_and_the_days_that_have_none(first, last, period, bars):
    corpus = tk.load(
        [{"text": "One.", "published": day} for day in (first, last)], recognizer="builtin", progress=False
    )
    counts = [number for _, number in corpus.summary.course]
    assert (corpus.summary.period, len(counts)) == (period, bars)
    assert counts == [1, *[0] * (bars - 2), 1] if bars > 1 else [2]
    assert corpus._repr_html_().count("<rect") == (2 if bars > 1 else 0)


def test_an_article_is_read_with_its_names_and_topics_marked_and_its_text_escaped(three):
    page = three.read("b")._repr_html_()
    assert "GPE: France (FRA)" in page
    assert "[France, Diplomacy]" in repr(three.read("b"))
    bad = tk.load(["<script>alert(1)</script> France agreed."], recognizer="builtin", progress=False)
    assert "<script" not in bad.read()._repr_html_()


def test_reading_what_is_not_there_says_what_is(three):
    with pytest.raises(SettingError, match="no document 'z'; the corpus has 3, such as 'a', 'b', 'c'"):
        three.read("z")


def test_a_corpus_is_saved_over_the_one_that_it_was_opened_from(tmp_path):
    tk.load(["The talks resumed."], recognizer="builtin", progress=False).save(tmp_path / "corpus")
    more = tk.open(tmp_path / "corpus").add(["Gas fell."], progress=False)
    more.save(tmp_path / "corpus")
    for corpus in (more, tk.open(tmp_path / "corpus")):
        assert len(corpus) == 2
        assert corpus.scan("documents").collect()["text"].to_list() == ["The talks resumed.", "Gas fell."]
        assert corpus.sentences.height == 2


def test_nothing_of_the_corpus_before_is_left_where_another_is_saved(tmp_path, sample):
    learned = sample.retopic("news")
    learned.save(tmp_path / "corpus", frames=["dates"])
    one = tk.load(["The talks resumed."], recognizer="builtin", progress=False)
    opened = tk.open(one.save(tmp_path / "corpus"))
    assert opened.fingerprint == one.fingerprint
    assert opened.annotated == {}


@pytest.mark.parametrize("key", ["story", "label", "total", "words", "article", "turn", "share", "count"])
def test_a_key_of_meta_that_is_called_as_a_column_of_an_answer_is_grouped_by_under_a_name_of_its_own(key):
    texts = ['Iran met France. "Gas fell," the minister Anna Smith said.'] * 12
    articles = [{"text": text, "outlet": "A", "meta": {key: "xy"[at % 2]}} for at, text in enumerate(texts)]
    corpus = tk.load(articles, topics={"Iran": ["Iran"]}, recognizer="builtin", dedupe="off", progress=False)
    assert corpus.groups(key) == [f"meta_{key}"]
    for name in ("topic_mix", "topic_by", "entity_ranking", "keyness", "said_by", "tone", "readability", "collocates"):
        result = tk.analyses[name](corpus, by=key)
        assert result.frame.is_empty() or f"meta_{key}" in result.frame.columns, name


def test_no_column_of_an_answer_that_groups_can_be_taken_for_a_key_of_meta(sample):
    grouped = [name for name, plugin in registry.of("analysis").items() if "by" in plugin.settings]
    assert len(grouped) > 10
    for name in grouped:
        columns = set(tk.analyses[name](sample, by="outlet").frame.columns)
        free = columns - OURS - set(sample.documents.columns) - {"topic", *TIMES}
        assert not free, f"{name} has columns that grouping.OURS lacks"
