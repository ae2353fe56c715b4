"""Lead and lag: who is first is told by time, within stories that are shared."""

import pytest

import toolkit as tk

STORIES = {
    "port": "The port of Lund will close in March, the minister told reporters, and nobody knew why this was so nor who had asked for it.",
    "school": "Teachers in nine towns walked out on Monday after talks on pay broke down, which left forty thousand children at home.",
    "flood": "Water rose over the dikes near Ost at night; two villages were cleared by boat and a bridge was swept into the sea.",
}


def test_who_was_first_how_often_and_how_late_the_other():
    rows = [
        ("Wire", 8, "port"), ("Echo", 10, "port"), ("Wire", 9, "school"), ("Echo", 13, "school"), ("Echo", 6, "flood"), ("Wire", 7, "flood"),
    ]  # fmt: skip
    articles = [
        {"outlet": outlet, "published": f"2026-01-05T{hour:02d}:00:00Z", "text": STORIES[story]}
        for outlet, hour, story in rows
    ]
    result = tk.analyses.lead_lag(tk.load(articles, recognizer="builtin", progress=False))
    assert result.frame.rows() == [
        ("Wire", "Echo", 2, 3.0, 3, 2 / 3, None, None),
        ("Echo", "Wire", 1, 1.0, 3, 1 / 3, None, None),
    ]
    assert result.sentences(leader="Echo", follower="Wire")["outlet"].sort().to_list() == ["Echo", "Wire"]


def test_no_shared_story_is_said():
    articles = [{"outlet": "Wire", "published": "2026-01-05", "text": "Gas fell."}]
    assert tk.analyses.lead_lag(tk.load(articles, recognizer="builtin", progress=False)).note.startswith(
        "No story was found"
    )


def test_from_five_shared_stories_on_the_lead_has_an_interval_over_stories():
    rows = []
    for n, words in enumerate(
        ("aa bb cc", "dd ee ff", "gg hh ii", "jj kk ll", "mm nn oo", "pp qq rr", "ss tt uu", "vv ww xx")
    ):
        text = " ".join(f"{word}{word} met {word}{n} near the {word} of {word}ville" for word in words.split() * 2)
        first, second = ("Echo", "Wire") if n < 2 else ("Wire", "Echo")
        rows += [{"outlet": first, "published": f"2026-01-{n + 5:02d}T08:00:00Z", "text": text}]
        rows += [{"outlet": second, "published": f"2026-01-{n + 5:02d}T10:00:00Z", "text": text}]
    corpus = tk.load(rows, recognizer="builtin", progress=False)
    frame = tk.analyses.lead_lag(corpus).frame
    wire, echo = (frame.filter(leader=name).row(0, named=True) for name in ("Wire", "Echo"))
    assert (wire["shared"], wire["lead"]) == (8, 0.75)
    assert 0.25 <= wire["low"] < 0.75 < wire["high"] <= 1
    assert (wire["low"], wire["high"]) == pytest.approx((1 - echo["high"], 1 - echo["low"]))
    assert tk.analyses.lead_lag(corpus, resamples=0).frame["low"].null_count() == 2
