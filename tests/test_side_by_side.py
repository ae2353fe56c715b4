"""Sub-corpora side by side: the same answer for each, stacked, drawn in a row, with evidence and receipt of each."""

import pytest

import toolkit as tk
from toolkit.errors import SettingError

WIRE, ECHO = {"outlet": "Corvane Wire"}, {"outlet": "Pellhaven Echo"}
BOTH = {"Wire": WIRE, "Echo": ECHO}


@pytest.fixture(scope="module")
def mix(sample):
    return tk.analyses.topic_mix(sample, compare=BOTH)


def test_each_sub_corpus_has_the_answer_it_has_alone(mix, sample):
    assert mix.frame.columns[0] == "corpus"
    for name, conditions in BOTH.items():
        alone = tk.analyses.topic_mix(sample, where=conditions)
        assert mix.frame.filter(corpus=name).drop("corpus").equals(alone.frame)


def test_evidence_is_asked_for_by_sub_corpus(mix):
    assert mix.keys == ("corpus", "topic")
    assert set(mix.sentences(corpus="Echo", topic="France")["outlet"]) == {"Pellhaven Echo"}
    assert set(mix.sentences()["outlet"]) == {"Corvane Wire", "Pellhaven Echo"}


def test_the_receipt_says_what_each_was_computed_from(mix):
    assert [part.documents for part in mix.receipt.compared.values()] == [31, 20]
    assert mix.receipt.documents == 51
    assert mix.receipt.source.startswith("Source: Wire: 31 articles, Corvane Wire,")
    assert "; Echo: 20 articles, Pellhaven Echo," in mix.receipt.source
    assert '"compared"' in mix.receipt.to_json()


@pytest.mark.parametrize("compare", [BOTH, "outlet"])
def test_a_figure_is_drawn_again_from_its_receipt(compare, sample, tmp_path):
    path = tk.analyses.top_words(sample, compare=compare).save(tmp_path / "words.svg")
    assert tk.replay(path, sample).same


def test_a_figure_of_corpora_of_their_own_is_not_drawn_again(sample, tmp_path):
    path = tk.analyses.top_words(sample, compare={"a": sample, "b": WIRE}).save(tmp_path / "words.svg")
    with pytest.raises(tk.ToolkitError, match="compares a, corpora of their own"):
        tk.replay(path, sample)


def test_charts_stand_in_a_row_each_under_its_name_and_tell_whose_a_mark_is(mix):
    panels = mix.chart.to_dict()["concat"]
    assert [panel["title"]["text"] for panel in panels] == ["Wire", "Echo"]
    assert [panel["transform"][0] for panel in panels] == [
        {"calculate": f'"{name}"', "as": "corpus"} for name in ("Wire", "Echo")
    ]
    assert mix.chart.to_dict()["resolve"]["scale"]["x"] == "shared"
    assert "Wire, Peace talks (" in mix.alt


def test_conditions_and_copies_are_the_same_for_all(sample):
    both = tk.analyses.volume(sample, compare=BOTH, where={"since": "2026-02-01"}, dedupe="stories", per="week")
    assert "Only since 2026-02-01; copies left out." in both.receipt.source
    alone = tk.analyses.volume(sample, where={"since": "2026-02-01", **ECHO}, dedupe="stories", per="week")
    assert both.frame.filter(corpus="Echo").drop("corpus").equals(alone.frame)


def test_a_column_makes_a_sub_corpus_of_each_value_the_largest_first(sample):
    frame = tk.analyses.top_words(sample, compare="outlet", top=3).frame
    outlets = sample.documents.group_by("outlet").len().sort("len", descending=True)["outlet"].to_list()
    assert frame["corpus"].unique(maintain_order=True).to_list() == outlets


def test_articles_without_a_value_in_the_column_are_counted():
    made = [{"text": f"Talks {n}.", "outlet": outlet} for n, outlet in enumerate(["A", "A", "B", None])]
    corpus = tk.load(made, recognizer="builtin", progress=False)
    assert "1 article without outlet left out." in tk.analyses.top_words(corpus, compare="outlet").note


def test_corpora_of_their_own_are_compared_even_if_they_share_ids():
    one, two = (
        tk.load([{"id": "a", "text": text}], recognizer="builtin", progress=False)
        for text in ("Gas fell.", "Oil rose.")
    )
    both = tk.analyses.top_words(one, compare={"one": one, "two": two})
    assert both.sentences(word="gas").select("corpus", "text").rows() == [("one", "Gas fell.")]
    assert both.sentences(word="oil").select("corpus", "text").rows() == [("two", "Oil rose.")]


def test_a_sub_corpus_without_articles_says_so(sample):
    both = tk.analyses.topic_mix(sample, compare={"Wire": WIRE, "none": {"outlet": "No such paper"}})
    assert "none: No article is left: only outlet No such paper." in both.note
    assert "<path" in tk.charts.svg(both.figure)


@pytest.mark.parametrize(
    ("compare", "says"),
    [
        ({"Wire": WIRE}, "compare names 1 where two sub-corpora are the least"),
        ("desk", "no column 'desk' to compare by; there are doc_id"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(sample, compare, says):
    with pytest.raises(SettingError, match=says):
        tk.analyses.topic_mix(sample, compare=compare)


def test_frames_of_different_columns_are_refused_with_advice(sample):
    day = {"since": "2026-02-01", "until": "2026-02-20"}
    thirty_years = sample.with_dates({sample.documents["doc_id"][0]: "1996-01-01"})
    with pytest.raises(SettingError, match=r"give the setting that decides, such as per='week', a value"):
        tk.analyses.volume(sample, compare={"short": day, "long": thirty_years})


def test_every_analysis_answers_side_by_side(sample):
    for name in dir(tk.analyses):
        result = tk.analyses[name](sample, compare=BOTH)
        assert result.frame.columns[0] == "corpus", name
        assert set(result.frame["corpus"]) <= set(BOTH), name
        tk.charts.svg(result.figure)
