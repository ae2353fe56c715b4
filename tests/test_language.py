"""Languages of texts."""

import tomllib
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import language
from toolkit.language import identify, resolve
from toolkit.schema import DOCUMENTS

WRITTEN = tomllib.loads((Path(__file__).parents[1] / "benchmarks" / "languages.toml").read_text(encoding="utf8"))


@pytest.mark.parametrize(("kind", "right", "wrong"), [("headlines", 0.93, 0.01), ("paragraphs", 0.97, 0.0)])
def test_languages_are_told_and_doubt_is_null_rather_than_wrong(kind, right, wrong):
    pairs = [(code, text) for code, texts in WRITTEN.items() for text in texts[kind]]
    told = identify(pl.Series([text for _, text in pairs])).to_list()
    share = sum(code == found for (code, _), found in zip(pairs, told, strict=True)) / len(pairs)
    false = sum(found not in (None, code) for (code, _), found in zip(pairs, told, strict=True)) / len(pairs)
    assert share >= right
    assert false <= wrong


@pytest.mark.parametrize(
    "text",
    [None, "", " \n", "OK", "12 345, 67.8 %", "…—!", "Peskov", "Donald Trump, Emmanuel Macron", "https://example.org/the-news",
     "@ann #talks www.example.org/und-der-die-das", "€ 45.60 (+2.3%)", "asdf qwer zxcv"],
)  # fmt: skip
def test_what_is_too_short_or_no_language_is_null(text):
    assert identify(pl.Series([text], dtype=pl.String)).to_list() == [None]


@pytest.mark.parametrize(
    ("text", "code"), [("市长周二", "zh"), ("市長は語った", "ja"), ("시장은 말했다", "ko"), ("ευρωπαϊκή ένωση", "el")]
)
def test_a_few_characters_are_enough_for_scripts_of_one_language(text, code):
    assert identify(pl.Series([text])).to_list() == [code]


@pytest.mark.parametrize("code", ["de", "fr", "nl", "no", "da", "sv", "es", "it", "pt", "pl", "af", "id"])
def test_english_names_and_titles_do_not_make_a_text_english(code):
    own = WRITTEN.get(
        code,
        {"paragraphs": ["Die burgemeester het Dinsdag gesê dat die brug gesluit bly totdat alle kabels nagegaan is."]},
    )
    text = "The Lord of the Rings, The Guardian. " + own["paragraphs"][0]
    assert identify(pl.Series([text])).to_list() != ["en"]


def test_the_sample_corpus_is_in_the_languages_its_source_says():
    path = Path(__file__).parents[1] / "toolkit" / "data" / "sample" / "articles.jsonl"
    articles = pl.read_ndjson(path)
    assert identify(articles["text"]).to_list() == articles["language"].to_list()


def test_a_foreign_beginning_does_not_decide_for_the_whole():
    german = " ".join(WRITTEN["de"]["paragraphs"])
    assert identify(pl.Series(["ADVERTISEMENT Sign up here. " + german])).to_list() == ["de"]


def test_a_language_that_is_given_stays_and_the_others_are_filled():
    english, german = WRITTEN["en"]["paragraphs"][0], WRITTEN["de"]["paragraphs"][0]
    frame = DOCUMENTS.conform(
        pl.DataFrame({"doc_id": ["a", "b", "c"], "text": [english, german, None], "language": ["xx", None, None]})
    )
    told = resolve(frame)
    assert told["language"].to_list() == ["xx", "de", None]
    assert told.drop("language").equals(frame.drop("language"))
    assert resolve(frame.clear()).equals(frame.clear())


@given(st.lists(st.text(max_size=80) | st.none(), max_size=6))
@settings(deadline=None, max_examples=50)
def test_each_text_has_one_answer_that_does_not_depend_on_the_others(texts):
    told = identify(pl.Series("body", texts, dtype=pl.String))
    assert told.name == "body"
    assert told.dtype == pl.String
    assert told.to_list() == [identify(pl.Series([text], dtype=pl.String)).item() for text in texts]
    assert all(code is None or code in language.LANGUAGES.split() for code in told)
