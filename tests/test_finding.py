"""Where something is said: words, phrases, patterns, entities and topics, each at its place in the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.errors import SettingError

TEXT = (
    "Talks on the cease-fire resumed in Paris.\n\n"
    "Negotiators from France met Iran’s envoy; the negotiations stalled. US officials told us: talks, talks, talks.\n\n"
    "Émile said “peace  talks” were on."
)


@pytest.fixture(scope="module")
def corpus():
    return tk.load([TEXT], topics={"Talks": ["talks"], "Iran": ["Iran*"]}, recognizer="builtin", progress=False)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("talks", ["Talks", "talks", "talks", "talks", "talks"]),
        ("negotiat*", ["Negotiators", "negotiations"]),
        ("peace talks", ["peace  talks"]),
        ("US", ["US"]),
        ("us", ["US", "us"]),
        ("émile", ["Émile"]),
        ("/cease-?fires?/", ["cease-fire"]),
        ("/t[a-z]+s,/", ["talks,", "talks,"]),
        ("entity:France", ["France"]),
        ("country:fra", ["Paris", "France"]),
        ("topic:Iran", ["Iran"]),
        ("Atlantis", []),
        ("topic:Atlantis", []),
    ],
)
def test_each_place_is_found(corpus, what, said):
    text = corpus.documents["text"][0]
    found = corpus.find(what)
    assert found.what == what
    assert [text[start:end] for start, end in found.places.select("start", "end").iter_rows()] == said


def test_without_a_word_it_is_the_name_that_occurs_most(corpus):
    assert corpus.find().what == "entity:France"
    assert tk.load([], progress=False).find().places.is_empty()


def test_an_expression_that_cannot_be_read_is_said(corpus):
    with pytest.raises(SettingError, match=r"/\(talks/ is no regular expression: unclosed group"):
        corpus.find("/(talks/")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["gas", "Gas", "é", "oil fell", "\U0001f600", "x"]), min_size=1, max_size=12))
def test_a_pattern_is_found_where_python_finds_it(words):
    import re

    text = " ".join(words)
    corpus = tk.load([text], recognizer="builtin", progress=False)
    for pattern in ("gas|é", "o.l", "s x"):
        places = corpus.find(f"/{pattern}/").places.join(corpus.sentences, on=["doc_id", "sent_id"], suffix="_of")
        expected = [
            (start + match.start(), start + match.end())
            for start, said in corpus.sentences.select("start", "text").iter_rows()
            for match in re.finditer(pattern, said, re.IGNORECASE)
        ]
        assert places.select("start", "end").rows() == expected
