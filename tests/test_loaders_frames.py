import sqlite3
from datetime import UTC, date, datetime

import polars as pl
import pytest
from reads import read

RAW = "The ferry  talks\r\nresumed\u2028 \ufb01ne caf\u00c3\u00a9 &amp; \t"
ROWS = {
    "id": [7, 8],
    "headline": ["Ferry", None],
    "body": [RAW, None],
    "date": [datetime(2026, 1, 12, 10), None],
    "boats": [3, 4],
}


def pandas_frame():
    return pytest.importorskip("pandas").DataFrame(ROWS)


def arrow_table():
    return pytest.importorskip("pyarrow").table(ROWS)


FRAMES = {
    "polars": lambda: pl.DataFrame(ROWS),
    "lazy polars": lambda: pl.DataFrame(ROWS).lazy(),
    "pandas": pandas_frame,
    "Arrow": arrow_table,
    "an Arrow batch": lambda: arrow_table().to_batches()[0],
    "an Arrow reader": lambda: arrow_table().to_reader(),
}


@pytest.mark.parametrize("made", FRAMES.values(), ids=FRAMES)
def test_a_row_is_an_article_and_its_text_is_as_it_was(made):
    articles, said = read(made())
    assert [(article.id, article.title, article.text) for article in articles] == [("7", "Ferry", RAW), ("8", None, "")]
    assert [article.published for article in articles] == [datetime(2026, 1, 12, 10, tzinfo=UTC), None]
    assert articles[0].meta == {"boats": 3}
    assert said == [
        "note: gives text from 'body', title from 'headline', published from 'date'; kept as meta: 'boats'. Say otherwise with columns={...}."
    ]


def test_what_a_database_gives_is_loaded_through_polars():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE news (nr INTEGER, story TEXT, day TEXT)")
    database.execute("INSERT INTO news VALUES (1, 'The ferry is late.', '2026-01-12')")
    articles, _ = read(pl.read_database("SELECT * FROM news", database), {"id": "nr", "published": "day"})
    assert [(article.id, article.text, article.published.date()) for article in articles] == [
        ("1", "The ferry is late.", date(2026, 1, 12))
    ]


@pytest.mark.parametrize("frame", [pl.DataFrame(), pl.DataFrame({"text": []}), pl.DataFrame({"text": []}).lazy()])
def test_a_frame_without_rows_holds_no_articles(frame):
    assert read(frame) == ([], ["skipped: holds no articles."])


def test_a_column_of_texts_is_as_good_as_a_list():
    texts = ["The ferry is late.", "Iran", "notes/today.txt"]
    assert [article.text for article in read(pl.Series(texts))[0]] == texts


def test_an_unknown_column_is_told_in_one_sentence():
    assert read(pl.DataFrame({"body": ["x"]}), {"text": "bdy"}) == (
        [],
        ["skipped: columns takes text from 'bdy', which is not there; there are 'body'."],
    )


def test_the_documents_of_a_corpus_come_back_as_they_were():
    documents = pl.DataFrame(
        {
            "doc_id": ["a"],
            "title": ["T"],
            "text": ["x  y"],
            "published": [datetime(2026, 1, 1, tzinfo=UTC)],
            "date_source": ["url"],
            "outlet": ["Gazette"],
            "author": ["A"],
            "section": ["S"],
            "language": ["en"],
            "url": ["https://g.example"],
            "source": ["in/a.txt"],
            "words": [2],
            "duplicate_of": [None],
            "meta": ['{"boats": 3}'],
        }
    )
    (article,), said = read(documents)
    assert (article.id, article.text, article.date_source, article.outlet, article.source) == (
        "a",
        "x  y",
        "url",
        "Gazette",
        "in/a.txt",
    )
    assert article.meta == {"boats": 3}
    assert [sentence for sentence in said if "text" in sentence] == []
