"""The chronology: dates that articles mention, in their order, with what is said of them."""

from datetime import date

import toolkit as tk


def test_days_are_told_in_their_order_with_the_sentence_that_first_names_them():
    articles = [
        {
            "text": "The talks will be held in Geneva on 20 March 2026. Nobody came.",
            "published": "2026-03-01",
            "outlet": "A",
        },
        {
            "text": "Envoys met for the talks on 20 March 2026 in the end. A truce began on 22 March 2026 at noon.",
            "published": "2026-03-23",
            "outlet": "B",
        },
    ]
    result = tk.analyses.timeline(tk.load(articles, recognizer="builtin", progress=False))
    assert result.frame["first_day"].to_list() == [date(2026, 3, 20), date(2026, 3, 22)]
    assert result.frame["articles"].to_list() == [2, 1]
    assert result.frame["sentence"][0] == "The talks will be held in Geneva on 20 March 2026."
    assert result.sentences(first_day=date(2026, 3, 20)).height == 2


def test_articles_without_a_day_are_said_to_have_none():
    result = tk.analyses.timeline(
        tk.load([{"text": "Nobody came.", "published": "2026-03-01"}], recognizer="builtin", progress=False)
    )
    assert result.frame.is_empty()
    assert result.note == "None of 1 articles mentions a day that could be told."
