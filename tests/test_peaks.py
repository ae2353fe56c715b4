"""Peaks: what stands out, why, and what only seems to."""

from datetime import date, timedelta

import pytest

import toolkit as tk


def made(counts, *, copies=()):
    """So many articles a day from Monday 5 January 2026; more than 12 on a day are about a flood, those of `copies` alike."""
    articles = []
    for day, count in enumerate(counts):
        for number in range(count):
            name = "".join("abcdefghij"[int(digit)] for digit in f"{day}{number}")
            text = f"The budget of {name} was cut. What {name} lost, others won."
            if count > 12:
                text = f"A flood hit {name}. After {name} it rose."
            if day in copies and number > 3:
                text = "The wire wrote at length that prices rose in every town of the coast, and that nobody knew why this was so."
            articles.append(
                {
                    "text": text,
                    "title": f"Title {day} {number}",
                    "published": f"{date(2026, 1, 5) + timedelta(day)}T09:{number:02d}:00Z",
                }
            )
    return tk.load(articles, recognizer="builtin", progress=False)


QUIET = [5, 4, 6, 5, 4, 5, 6] * 3


def test_a_spike_is_found_and_told_by_its_words_and_its_first_headline():
    counts = [*QUIET[:10], 20, *QUIET[10:]]
    result = tk.analyses.peaks(made(counts), per="day")
    found = result.frame.drop_nulls("kind")
    assert found["day"].to_list() == [date(2026, 1, 15)]
    row = found.row(0, named=True)
    assert row["kind"] == "news"
    assert row["words"].split(", ")[0] == "flood"
    assert row["headline"] == "Title 10 0"
    assert row["expected"] == 5
    assert "1 of 22 days stand out: 1 as news." in result.note
    assert result.sentences(day=date(2026, 1, 15)).height == 40


@pytest.mark.parametrize(
    ("counts", "copies", "kinds"),
    [
        (QUIET, (), []),
        ([*QUIET[:10], 20, *QUIET[10:]], (10,), ["copies"]),
        ([*QUIET[:10], 0, 20, *QUIET[10:]], (), ["gap", "after a gap"]),
        ([9, 9, 9, 9, 9, 2, 2] * 5, (), []),
    ],
    ids=["nothing", "copies", "a gap", "weekends"],
)
def test_copies_gaps_and_weekends_are_not_taken_for_news(counts, copies, kinds):
    assert tk.analyses.peaks(made(counts, copies=copies), per="day").frame["kind"].drop_nulls().to_list() == kinds


def test_a_few_days_are_too_few_to_say():
    result = tk.analyses.peaks(made([3, 3]), per="day")
    assert result.note == "2 days are too few to say what is usual."


def test_days_are_looked_at_where_volume_would_take_weeks(sample):
    assert tk.analyses.volume(sample).frame.columns[0] == "week"  # 70 days
    assert tk.analyses.peaks(sample).frame.columns[0] == "day"
    articles = [{"text": "Gas fell.", "published": day} for day in ("2024-01-05", "2026-01-05")]
    long = tk.load(articles, recognizer="builtin", dedupe="off", progress=False)
    assert tk.analyses.peaks(long).frame.columns[0] == tk.analyses.volume(long).frame.columns[0] != "day"
