"""The annotator `dates`: which days the articles speak of."""

from datetime import date, timedelta

import polars as pl
import pytest
import toolkit_dates
from hypothesis import given
from hypothesis import strategies as st

import toolkit as tk

FRIDAY = date(2026, 2, 6)


def days(first, last=None):
    return date.fromisoformat(first), date.fromisoformat(last or first)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Wednesday", days("2026-02-04")), ("Friday", days("2026-02-06")), ("last Friday", days("2026-01-30")),
        ("next Wednesday", days("2026-02-11")), ("this Sunday", days("2026-02-08")), ("Wednesday's", days("2026-02-04")),
        ("Thursday evening", days("2026-02-05")), ("4-5 February", days("2026-02-04", "2026-02-05")),
        ("4–5 February", days("2026-02-04", "2026-02-05")), ("February 4 and 5", days("2026-02-04", "2026-02-05")),
        ("Feb. 4", days("2026-02-04")), ("Wednesday, 4 February", days("2026-02-04")), ("December 28", days("2025-12-28")),
        ("1 March", days("2026-03-01")), ("29 February", days("2024-02-29")), ("March 3rd, 2022", days("2022-03-03")),
        ("24 February 2022", days("2022-02-24")), ("2022-02-24", days("2022-02-24")),
        ("November", days("2025-11-01", "2025-11-30")), ("August", days("2025-08-01", "2025-08-31")), ("last March", days("2025-03-01", "2025-03-31")),
        ("February 2024", days("2024-02-01", "2024-02-29")), ("early January", days("2026-01-01", "2026-01-10")),
        ("late February 2024", days("2024-02-21", "2024-02-29")), ("2014", days("2014-01-01", "2014-12-31")),
        ("2014-2016", days("2014-01-01", "2016-12-31")), ("2014-16", days("2014-01-01", "2016-12-31")),
        ("the 1990s", days("1990-01-01", "1999-12-31")), ("late 2025", days("2025-09-01", "2025-12-31")),
        ("today", days("2026-02-06")), ("yesterday", days("2026-02-05")), ("tomorrow morning", days("2026-02-07")),
        ("last night", days("2026-02-05")), ("last week", days("2026-01-26", "2026-02-01")),
        ("this week", days("2026-02-02", "2026-02-08")), ("next weekend", days("2026-02-14", "2026-02-15")),
        ("last month", days("2026-01-01", "2026-01-31")), ("next month", days("2026-03-01", "2026-03-31")),
        ("last year", days("2025-01-01", "2025-12-31")), ("the last quarter", days("2025-10-01", "2025-12-31")),
        ("two weeks ago", days("2026-01-23")), ("a day ago", days("2026-02-05")), ("3 months ago", days("2025-11-01", "2025-11-30")),
        ("four years ago", days("2022-01-01", "2022-12-31")), ("the past three days", days("2026-02-03", "2026-02-05")),
        ("the third quarter of 2025", days("2025-07-01", "2025-09-30")), ("the first quarter", days("2026-01-01", "2026-03-31")),
        ("the fourth quarter", days("2025-10-01", "2025-12-31")), ("the second quarter of last year", days("2025-04-01", "2025-06-30")),
        ("The day before yesterday", days("2026-02-04")), ("the day after tomorrow", days("2026-02-08")),
        ("day before yesterday", days("2026-02-04")), ("the day after yesterday", days("2026-02-06")),
        ("31 February", None), ("recent years", None), ("summer", None), ("0 years ago", None), ("99999 years ago", None), ("", None),
    ],
)  # fmt: skip
def test_a_date_means_days(text, meant):
    assert toolkit_dates.resolve(text, FRIDAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2014", True),
        ("4 February 2026", True),
        ("4 February", False),
        ("Wednesday", False),
        ("last week", False),
        ("a week ago", False),
    ],
)
def test_without_a_day_of_publication_only_whole_dates_are_told(text, meant):
    assert (toolkit_dates.resolve(text, None) is not None) == meant


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("The talks will resume on Wednesday, he said.", "2026-02-11"),
        ("He said on Wednesday that the talks will resume.", "2026-02-04"),
        ("The talks will resume, Peskov said on Wednesday.", "2026-02-04"),
        ("Envoys are due to meet on Monday.", "2026-02-09"),
        ("Envoys met on Monday.", "2026-02-02"),
        ("The vote is scheduled for January 2.", "2027-01-02"),
        ("The vote, planned for February 5, was postponed.", "2026-02-05"),
        ("It will be the first since October.", "2025-10-01"),
        ("The vote took place on January 14.", "2026-01-14"),
        ("The day before yesterday they met.", "2026-02-04"),
        ("They will meet the day after tomorrow.", "2026-02-08"),
        ("Sales rose in the first quarter.", "2026-01-01"),
        ("Sales fell in the fourth quarter.", "2025-10-01"),
        ("Sales will rise in the fourth quarter.", "2026-10-01"),
        ("The 1990s were dull.", "1990-01-01"),
        ("It grew during the late 1990s.", "1997-01-01"),
        ("It grew in early 2025.", "2025-01-01"),
    ],
)  # fmt: skip
def test_a_day_lies_ahead_after_words_that_say_so(sentence, first):
    corpus = tk.load([{"text": sentence, "published": "2026-02-06"}], recognizer="builtin", progress=False)
    assert corpus.frame("dates")["first_day"].to_list() == [date.fromisoformat(first)]


@pytest.mark.parametrize(
    ("sentence", "mentions"),
    [
        ("They met the day before yesterday, not yesterday.", ["the day before yesterday", "yesterday"]),
        ("On the day after the vote he left.", []),
        ("They scored in the first quarter of the game.", []),
        ("The second quarter of 2025 was worse than the 1990s.", ["The second quarter of 2025", "the 1990s"]),
        ("They met after 2014 and before the 2016 vote.", ["2014", "the 2016"]),
        ("They met the day before.", []),
    ],
)
def test_a_mention_is_the_whole_phrase_and_no_more(sentence, mentions):
    corpus = tk.load([{"text": sentence, "published": "2026-02-06"}], recognizer="builtin", progress=False)
    assert corpus.frame("dates")["text"].to_list() == mentions


def test_every_date_has_a_row_in_order_and_the_first_day_is_not_after_the_last():
    corpus = tk.sample()
    frame = corpus.frame("dates")
    own = ["doc_id", "sent_id", "start", "end", "text"]
    assert frame.select(own).equals(corpus.entities.filter(pl.col("label") == "DATE").select(own))
    assert frame.schema == toolkit_dates.DATES.schema
    assert frame.filter(pl.col("first_day") > pl.col("last_day")).is_empty()
    assert frame["first_day"].null_count() == frame["last_day"].null_count() < 0.2 * frame.height


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %b %Y"])
)
def test_a_date_that_is_written_out_is_that_day(day, form):
    assert toolkit_dates.resolve(day.strftime(form), FRIDAY) == (day, day)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_the_last_week_or_the_next(day, number):
    name = (date(2026, 2, 2) + timedelta(number)).strftime("%A")
    first, _ = toolkit_dates.resolve(name, day)
    then, _ = toolkit_dates.resolve(name, day, ahead=True)
    assert first.weekday() == then.weekday() == number
    assert day - timedelta(7) < first <= day <= then < day + timedelta(7)


@given(st.text(max_size=20))
def test_any_text_is_read_without_an_error(text):
    toolkit_dates.resolve(text, FRIDAY)


def test_it_keeps_the_contract():
    tk.check_plugin(toolkit_dates)
