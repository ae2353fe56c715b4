"""The annotator `events`: who did what to whom, and where."""

import importlib.util

import polars as pl
import pytest
import toolkit_events

import toolkit as tk

pytestmark = pytest.mark.skipif(
    tk.parser() is None, reason="no English parser is installed: pip install 'news-toolkit[spacy]'"
)


def events(*texts):
    return tk.load(
        [{"id": str(n), "text": text} for n, text in enumerate(texts)], recognizer="builtin", progress=False
    ).frame("events")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Police detained Ivan Petrov in Moscow.", ("Police", "detain", "Ivan Petrov", "Moscow", False)),
        ("Ivan Petrov was detained by police in Moscow.", ("police", "detain", "Ivan Petrov", "Moscow", False)),
        ("Iran did not sign the agreement.", ("Iran", "sign", "the agreement", None, True)),
        ("The ministers called off the meeting.", ("The ministers", "call off", "the meeting", None, False)),
        (
            "Ukraine attacked a refinery near Saratov.",
            ("Ukraine", "attack", "a refinery", "Saratov", False),
        ),
    ],
)
def test_an_event_is_who_did_what_to_whom_where(text, event):
    assert event in events(text).select("subject", "verb", "object", "place", "negated").rows()


def test_relative_pronouns_and_shared_subjects_are_resolved():
    found = events("Dmitry Peskov, who criticised Ukraine, met reporters and praised Iran.")
    assert found.select("subject", "verb", "object").rows() == [
        ("Dmitry Peskov", "criticise", "Ukraine"), ("Dmitry Peskov", "meet", "reporters"), ("Dmitry Peskov", "praise", "Iran"),
    ]  # fmt: skip


def test_phrases_are_where_they_say_and_carry_the_names_that_were_resolved():
    corpus = tk.load(
        [{"id": "a", "text": "Rain.\n\nDmitry Peskov spoke.  Peskov’s aides left. Peskov praised the U.S."}],
        recognizer="builtin",
        progress=False,
    )
    found = corpus.frame("events")
    text = corpus.documents["text"][0]
    for row in found.iter_rows(named=True):
        for name in ("subject", "object", "place"):
            if row[name] is not None:
                assert text[row[f"{name}_start"] : row[f"{name}_end"]] == row[name]
    assert found.filter(verb="praise").select("subject_entity", "object_entity").rows() == [
        ("Dmitry Peskov", "United States")
    ]
    inside = found.join(corpus.sentences, on=["doc_id", "sent_id"])
    assert (
        inside.select((pl.col("verb_start") >= pl.col("start")) & (pl.col("verb_end") <= pl.col("end")))
        .to_series()
        .all()
    )


def test_texts_that_are_no_english_prose_give_no_events():
    assert events(
        "", "Президент приехал в Москву и встретился с министром обороны.", "😀😀 👩‍👩‍👧 🇫🇷", "123 456"
    ).is_empty()
    assert events("").schema == toolkit_events.EVENTS.schema


def test_without_a_parser_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(toolkit_events, "parser", lambda **_: None)
    with pytest.raises(tk.MissingExtra, match=r"events needs the extra 'spacy'"):
        events("Rain fell.")


def test_a_parser_that_is_not_installed_is_none(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert tk.parser() is None


def test_it_keeps_the_contract():
    tk.check_plugin(toolkit_events)
