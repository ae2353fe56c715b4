"""Dates found where no field says them, and dates to doubt."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import dates
from toolkit.schema import DOCUMENTS, Moment

TODAY = date(2026, 3, 1)


def documents(**columns) -> pl.DataFrame:
    size = len(next(iter(columns.values())))
    frame = pl.DataFrame({"doc_id": [f"d{n}" for n in range(size)]} | columns, schema_overrides={"published": Moment})
    return DOCUMENTS.conform(frame)


def resolved(url: str | None = None, text: str | None = None):
    frame = documents(url=pl.Series([url], dtype=pl.String), text=pl.Series([text], dtype=pl.String))
    day, source = dates.resolve(frame).select("published", "date_source").row(0)
    return (day.date().isoformat(), source) if day else (None, source)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2026/02/04/slug", "2026-02-04"),
        ("https://example.org/2026/feb/4/slug", "2026-02-04"),
        ("https://example.org/a/20260204-slug.html", "2026-02-04"),
        ("https://example.org/slug_20260204.html", "2026-02-04"),
        ("https://example.org/slug-2026-02-04", "2026-02-04"),
        ("https://example.org/2026-02/04/c_1.htm", "2026-02-04"),
        ("https://example.org/n1/2026/0204/c1001", "2026-02-04"),
        ("https://web.archive.org/web/20260301123000/https://example.org/2026/02/04/a", "2026-02-04"),
        ("https://example.org/2026/02/30/slug", None),
        ("https://example.org/2026/13/04/slug", None),
        ("https://example.org/2026/1/5-things-to-know", None),
        ("https://example.org/2026/02/slug", None),
        ("https://example.org/search?day=2026-02-04", None),
        ("https://example.org/story-19991231555", None),
        ("https://www.bbc.com/news/uk-20120204", None),
        ("https://www.bbc.co.uk/news/2026/02/04/slug", None),
        (None, None),
    ],
)
def test_an_address_that_holds_a_whole_day_dates_its_article(url, day):
    assert resolved(url=url) == (day, "url" if day else None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("MOSCOW, January 5, 2026 (Corvane) - Russia will meet", "2026-01-05"),
        ("Title\n\nNOVI YARYLOVYCHI, Ukraine, March 6, 2026 - They met", "2026-03-06"),
        ("PARIS, 3 février 2026 (AFP) - La France veut", "2026-02-03"),
        ("Berlin, 5. März 2026 (dpa) - Der Minister", "2026-03-05"),
        ("Frankfurt am Main, 5 Feb. 2026 — Die Bank", "2026-02-05"),
        ("МОСКВА, 5 февраля 2026 - Кремль", "2026-02-05"),
        ("MOSCOW, February 5, 2026. /TASS/. The Kremlin", "2026-02-05"),
        ("Title\n\n5 January 2026\n\nText", "2026-01-05"),
        ("Published: Monday, January 5th, 2026, 10:30 GMT\nText", "2026-01-05"),
        ("Stand: 05.03.2026\nText", "2026-03-05"),
        ("Lunes, 5 de enero de 2026\nTexto", "2026-01-05"),
        ("2026年2月4日\n正文", "2026-02-04"),
        ("2026-02-04\nText", "2026-02-04"),
        ("MOSCOW, Jan 5 (Corvane) - Russia will meet", None),
        ("On 5 January 2026 the bridge fell.", None),
        ("The bridge fell on 5 January 2026", None),
        ("Updated 5 January 2026", None),
        ("Until 19 April 2026. Free.", None),
        ("A spokesman in Moscow, Russia, 19 November 2025.", None),
        ("A spokesman in Moscow, Russia, 19 November 2025. Photo: Ann Lee", None),
        ("A spokesman in Moscow, Russia, 19 November 2025 - Ann Lee", None),
        ("31 April 2026\nText", None),
        ("Text\n" * 200 + "5 January 2026", None),
    ],
)
def test_a_line_that_only_says_when_dates_its_article(text, day):
    assert resolved(text=text) == (day, "dateline" if day else None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/world/2026/01/slug", "2026-01-05"),
        ("https://example.org/world/2026-01/slug", "2026-01-05"),
        ("https://example.org/2026/slug", "2026-01-05"),
        ("https://example.org/2026/02/slug", None),
        ("https://example.org/slug", None),
    ],
)
def test_a_dateline_without_a_year_takes_it_from_an_address_that_does_not_contradict(url, day):
    assert resolved(url, "MOSCOW, Jan 5 (Corvane) - Russia will meet")[0] == day


def test_a_date_that_is_given_stays_and_says_where_it_is_from():
    given_ = datetime(2026, 1, 1, 7, tzinfo=UTC)
    frame = documents(
        published=[given_, given_, None],
        date_source=[None, "metadata", None],
        url=["https://example.org/2026/02/04/a"] * 3,
    )
    told = dates.resolve(frame)
    assert told["published"].to_list() == [given_, given_, datetime(2026, 2, 4, tzinfo=UTC)]
    assert told["date_source"].to_list() == ["source", "metadata", "url"]
    assert told.drop("published", "date_source").equals(frame.drop("published", "date_source"))
    assert dates.resolve(told).equals(told)


EVERY = pl.date_range(date(1900, 1, 1), date(2099, 12, 31), "13d", eager=True).to_list()


@pytest.mark.parametrize("form", ["/%Y/%m/%d/", "/x-%Y-%m-%d", "/%Y%m%d-x", "/%Y/%b/%d/x"])
def test_every_day_comes_back_from_an_address(form):
    told = dates.resolve(documents(url=[f"https://example.org{day.strftime(form)}" for day in EVERY]))
    assert told["published"].dt.date().to_list() == EVERY


@pytest.mark.parametrize("form", ["%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y-%m-%d", "%b. %d, %Y"])
def test_every_day_comes_back_from_a_dateline(form):
    told = dates.resolve(documents(text=[f"Geneva, {day.strftime(form)} - The envoys met." for day in EVERY]))
    assert told["published"].dt.date().to_list() == EVERY


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
@settings(deadline=None, max_examples=30)
def test_no_address_or_text_breaks_it(pairs):
    frame = documents(url=[url for url, _ in pairs], text=[text for _, text in pairs])
    assert len(dates.resolve(frame)) == len(pairs)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, {"missing"}),
        (datetime(2026, 2, 4, 9, 30, tzinfo=UTC), set()),
        (datetime(2026, 2, 4, tzinfo=UTC), {"midnight"}),
        (datetime(2026, 3, 2, 5, tzinfo=UTC), set()),
        (datetime(2026, 3, 3, 0, 1, tzinfo=UTC), {"future"}),
        (datetime(1970, 1, 1, tzinfo=UTC), {"impossible"}),
        (datetime(1970, 1, 1, 12, tzinfo=UTC), set()),
        (datetime(1, 1, 1, tzinfo=UTC), {"impossible"}),
    ],
)
def test_dates_are_flagged(published, expected):
    assert set(dates.flags(documents(published=[published]), TODAY)["flag"]) == expected


def test_many_at_one_time_are_piled_up_and_a_busy_outlet_is_not():
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    steady = [start + timedelta(days=n, minutes=m) for n in range(10) for m in range(30)]
    crawled = [start + timedelta(days=n) for n in range(5)] + [start + timedelta(days=20, minutes=n) for n in range(25)]
    at_once = [start + timedelta(days=n) for n in range(5)] + [start + timedelta(days=20)] * 10
    frame = documents(
        published=steady + crawled + at_once,
        outlet=["steady"] * len(steady) + ["crawled"] * len(crawled) + ["at once"] * len(at_once),
    )
    piled = dates.flags(frame, TODAY).filter(pl.col("flag") == "piled").join(frame, on="doc_id")
    assert dict(piled["outlet"].value_counts().iter_rows()) == {"crawled": 25, "at once": 10}


def test_days_without_articles_are_gaps_only_if_they_are_unusual():
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    days = [n for n in range(60) if n % 7 < 5]
    weekdays = [start + timedelta(days=n, minutes=m) for n in days for m in range(3)]
    with_gap = [moment for moment in weekdays if not 20 <= (moment - start).days < 30]
    weekly = [start + timedelta(days=7 * n) for n in range(9)]
    frame = documents(
        published=weekdays + with_gap + weekly,
        outlet=["a"] * len(weekdays) + ["b"] * len(with_gap) + [None] * len(weekly),
    )
    told = dates.gaps(frame)
    assert told.select("outlet", "first_day", "last_day", "days").rows() == [
        ("b", date(2026, 1, 24), date(2026, 2, 3), 11)
    ]
    assert dates.gaps(frame.clear()).schema == told.schema
